import type { Role } from './officer.ts'
import type { Policy } from './policy.ts'

/** Terms and limits of appeals under a policy (Administrative Procedural Code, art. 76 and complaints; articles unverified). */
export interface AppealRules {
  /** A prolonged term ends at the latest this many months after receipt. */
  readonly prolongMonths: number
  /** Working days within which the applicant is told of a prolonging. */
  readonly noticeWorkingDays: number
  /** Working days within which what another body must decide is passed on. */
  readonly passOnWorkingDays: number
  /** Months after a decision within which a complaint is taken. */
  readonly complaintMonths: number
  readonly complaintWorkingDays: number
  /** Devices one applicant may register with one tracking number. */
  readonly devicesPerTracking: number
  /** From this price a second officer signs an approval. */
  readonly secondFromTenge: number
  /** Share of approvals a second officer signs by lot. */
  readonly secondShare: number
  /** A second officer signs where a paper serves another appeal too. */
  readonly secondOnReuse: boolean
  /** Most appeals decided together by a role that `bulkCapByRole` does not name. */
  readonly bulkCap: number
  /** Most appeals that officers of a role decide together; with 0 they decide one by one. */
  readonly bulkCapByRole: { readonly [R in Role]?: number }
  /** Letters by which a name may differ and still be the same (spellings of a transliteration). */
  readonly nameDistance: number
}

const DEFAULT_RULES: AppealRules = {
  prolongMonths: 2,
  noticeWorkingDays: 3,
  passOnWorkingDays: 3,
  complaintMonths: 3,
  complaintWorkingDays: 20,
  devicesPerTracking: 2,
  secondFromTenge: 1_500_000,
  secondShare: 0.05,
  secondOnReuse: true,
  bulkCap: 50,
  bulkCapByRole: {},
  nameDistance: 1,
}

/** The rules of a policy; what it does not name has the default. */
export function appealRules(policy: Policy): AppealRules {
  const named = Object.entries(policy.appeal.rules ?? {}).filter(([, value]) => value !== undefined)
  return { ...DEFAULT_RULES, ...Object.fromEntries(named) }
}

/** Most appeals that an officer of the role decides together; whether he may decide at all is his role's (`may`). */
export function bulkCapOf(policy: Policy, role: Role): number {
  const { bulkCap, bulkCapByRole } = appealRules(policy)
  return bulkCapByRole[role] ?? bulkCap
}

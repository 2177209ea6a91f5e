import type { SecondReason } from './appeal.ts'
import { appealRules } from './appealRules.ts'
import type { Policy } from './policy.ts'

/** What makes an approval a matter for two officers. */
export interface Approved {
  readonly appeal: string
  readonly priceTenge: number | undefined
  /** A paper of the appeal serves another one too. */
  readonly reused: boolean
  /** It moves an IMEI into or out of black. */
  readonly touchesBlack: boolean
  /** Known to the registry alone, so that nobody can foretell the lot; null: the lot is not drawn here. */
  readonly lot: string | null
}

/** Why an approval needs a second signature, in the order of SECOND_REASONS; empty when one officer is enough. */
export function secondReasons(a: Approved, policy: Policy): readonly SecondReason[] {
  const rules = appealRules(policy)
  const found: SecondReason[] = []
  if (a.touchesBlack) found.push('black')
  if (a.priceTenge !== undefined && a.priceTenge >= rules.secondFromTenge) found.push('amount')
  if (rules.secondOnReuse && a.reused) found.push('reuse')
  if (a.lot !== null && isDrawn(a.appeal, a.lot, rules.secondShare)) found.push('sample')
  return found
}

/** Whether the lot falls on an appeal: the same for the same appeal and lot, in `share` of all. */
export const isDrawn = (appeal: string, lot: string, share: number): boolean =>
  spread(`${lot}|${appeal}`) < share * 0x1_0000_0000

/** FNV-1a with the finalizer of MurmurHash3: even over numbers that follow each other. */
function spread(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

import type { IsoDate } from './fact.ts'
import type { Policy } from './policy.ts'
import { type PolicyFile, policyOfFile } from './policyLine.ts'
import { done, type Outcome, refused } from './problem.ts'
import type { SigningActs } from './twoSignatures.ts'

/** `signed`: waits for its day; `in-force`: it began, and holds until the next one does. */
export const PROPOSAL_STATES = ['awaiting-signature', 'signed', 'in-force', 'declined'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

export const POLICY_ACTS: SigningActs = { propose: 'policy-propose', sign: 'policy-sign' }

/**
 * A proposed version, made whole: its number follows the last one, its day is today or later and after the last version's. Refused:
 * `policy-order`, and what `policyOfFile` refuses.
 */
export function proposedPolicy(file: PolicyFile, last: Policy, today: IsoDate): Outcome<Policy> {
  const policy = policyOfFile(file)
  if (!policy.ok) return policy
  const version = last.version + 1
  const { validFrom } = policy.value
  const from = last.validFrom >= today ? last.validFrom : today
  const isLate = validFrom < today || validFrom <= last.validFrom
  if (isLate) return refused('policy-order', { version, date: validFrom, from })
  return done({ ...policy.value, version, signedBy: '' })
}

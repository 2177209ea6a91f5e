import type { Fact } from './fact.ts'
import type { Listing } from './listing.ts'
import { explainListing, type Policy } from './policy.ts'

/** A listing only its body may end. */
export interface ForeignOwner {
  readonly owner: string
  readonly reason: NonNullable<Listing['reason']>
}

/**
 * Whose listing stands above an approved appeal: police for `stolen`, GSMA for `gsma-listed`, and so on (domain.md: only the body that
 * listed an IMEI may unlist it). Null when an approval would decide.
 */
export function foreignListing(facts: readonly Fact[], policy: Policy): ForeignOwner | null {
  const { listing, rules } = explainListing(facts, policy)
  const winner = rules.find((step) => step.fired)
  if (!winner || listing.list !== 'black' || listing.reason === null) return null
  const above = policy.precedence.indexOf(winner.rule) < policy.precedence.indexOf('appeal-approved')
  return above ? { owner: String(winner.because.details.source ?? ''), reason: listing.reason } : null
}

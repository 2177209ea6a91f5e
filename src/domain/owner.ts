import type { Fact } from './fact.ts'
import type { ListingReason } from './listing.ts'
import { explainListing, type Policy } from './policy.ts'

/** A listing that no decision about an appeal can lift, and the body that alone may. */
export interface OwnedListing {
  readonly owner: string
  readonly reason: ListingReason
}

/**
 * The listing of another body that stands above an approved appeal in the policy's precedence (stolen, counterfeit, gsma-listed, a
 * clone decided in a signed case): an approval would not lift it and is refused. Null when there is none. Source: domain.md, "Only the
 * body that listed an IMEI may unlist it".
 */
export function foreignListing(facts: readonly Fact[], policy: Policy): OwnedListing | null {
  const { listing, rules } = explainListing(facts, policy)
  const fired = rules.find((r) => r.fired)
  if (!fired || listing.list !== 'black' || listing.reason === null) return null
  const rank = policy.precedence.indexOf('appeal-approved')
  if (rank >= 0 && policy.precedence.indexOf(fired.rule) > rank) return null
  return { owner: String(fired.because.details.source ?? ''), reason: listing.reason }
}

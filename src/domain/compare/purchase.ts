import { type Compared, type Comparing, firstSeenOf } from './compared.ts'
import { bestJourney, journeyText, notAfter } from './journey.ts'

/**
 * exit ≤ purchase ≤ entry for one of the applicant's journeys. A purchase before the exit (ordered online, a gift) is `unclear`, not
 * `contradict` (domain). Without a journey the day may still not lie behind the first sighting in a network of Kazakhstan.
 */
export function comparePurchase(c: Comparing): Compared {
  const claim = c.appeal.claim.purchase ?? null
  const journey = bestJourney(c)
  const seen = firstSeenOf(c.imeis)
  const line = { field: 'purchase' as const, claim, fact: journey ? journeyText(journey) : seen }
  if (claim === null) return { ...line, result: 'none', rule: 'purchase-not-claimed' }
  const t = c.toleranceDays
  if (journey?.entry && !notAfter(claim, journey.entry, t))
    return { ...line, result: 'contradict', rule: 'purchase-after-entry' }
  if (seen !== null && !notAfter(claim, seen, t))
    return { ...line, fact: seen, result: 'contradict', rule: 'purchase-after-first-seen' }
  if (journey?.exit && !notAfter(journey.exit, claim, t))
    return { ...line, result: 'unclear', rule: 'purchase-before-exit' }
  if (journey?.exit && journey.entry) return { ...line, result: 'match', rule: 'purchase-in-journey' }
  return seen === null
    ? { ...line, result: 'none', rule: 'purchase-no-record' }
    : { ...line, result: 'match', rule: 'purchase-before-first-seen' }
}

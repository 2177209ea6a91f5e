import { type Compared, type Comparing, firstSeenOf } from './compared.ts'
import { bestJourney, notAfter } from './journey.ts'

/**
 * entry ≤ first seen in a network of Kazakhstan: a device that worked here before its owner came back with it was not imported on
 * that journey. Without a journey the day of purchase stands for the entry.
 */
export function compareFirstSeen(c: Comparing): Compared {
  const fact = firstSeenOf(c.imeis)
  const { purchase } = c.appeal.claim
  const entry = bestJourney(c)?.entry ?? c.appeal.claim.entry ?? null
  const line = { field: 'firstSeen' as const, claim: entry ?? purchase ?? null, fact }
  if (fact === null) return { ...line, result: 'none', rule: 'never-seen' }
  if (entry !== null)
    return notAfter(entry, fact, c.toleranceDays)
      ? { ...line, result: 'match', rule: 'seen-after-entry' }
      : { ...line, result: 'contradict', rule: 'seen-before-entry' }
  if (purchase === undefined) return { ...line, result: 'none', rule: 'seen-no-claim' }
  return notAfter(purchase, fact, c.toleranceDays)
    ? { ...line, result: 'match', rule: 'seen-after-purchase' }
    : { ...line, result: 'contradict', rule: 'seen-before-purchase' }
}

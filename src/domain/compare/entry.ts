import type { Compared, Comparing } from './compared.ts'
import { bestJourney, near } from './journey.ts'

/** The claimed day of coming back against the border's record. */
export function compareEntry(c: Comparing): Compared {
  const claim = c.appeal.claim.entry ?? null
  const fact = bestJourney(c)?.entry ?? null
  const line = { field: 'entry' as const, claim, fact }
  if (fact === null) return { ...line, result: 'none', rule: 'no-journey' }
  if (claim === null) return { ...line, result: 'none', rule: 'entry-not-claimed' }
  return near(claim, fact, c.toleranceDays)
    ? { ...line, result: 'match', rule: 'entry-recorded' }
    : { ...line, result: 'contradict', rule: 'entry-differs' }
}

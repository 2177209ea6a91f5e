import type { Compared, Comparing } from './compared.ts'
import { bestJourney, near } from './journey.ts'

/** The claimed day of leaving against the border's record. */
export function compareExit(c: Comparing): Compared {
  const claim = c.appeal.claim.exit ?? null
  const fact = bestJourney(c)?.exit ?? null
  const line = { field: 'exit' as const, claim, fact }
  if (fact === null) return { ...line, result: 'none', rule: 'no-journey' }
  if (claim === null) return { ...line, result: 'none', rule: 'exit-not-claimed' }
  return near(claim, fact, c.toleranceDays)
    ? { ...line, result: 'match', rule: 'exit-recorded' }
    : { ...line, result: 'contradict', rule: 'exit-differs' }
}

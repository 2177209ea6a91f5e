import { addDays, daysBetween } from '../businessDate.ts'
import type { IsoDate } from '../fact.ts'
import type { Comparing, Journey } from './compared.ts'

/** `a` ≤ `b`, allowing `a` to lie up to `tolerance` days behind. */
export const notAfter = (a: IsoDate, b: IsoDate, tolerance: number): boolean => a <= addDays(b, tolerance)

export const near = (a: IsoDate, b: IsoDate, tolerance: number): boolean => Math.abs(daysBetween(a, b)) <= tolerance

export const journeyText = (j: Journey): string => `${j.exit ?? '?'} – ${j.entry ?? '?'}`

/**
 * The journey that speaks best for the claim: the rule asks for one of the applicant's journeys, not for all (domain). Of equal ones
 * the latest. Null when the border recorded none.
 */
export function bestJourney(c: Comparing): Journey | null {
  const { exit, purchase, entry } = c.appeal.claim
  const t = c.toleranceDays
  const points = (j: Journey): number =>
    Number(exit !== undefined && j.exit !== null && near(exit, j.exit, t)) +
    Number(entry !== undefined && j.entry !== null && near(entry, j.entry, t)) +
    Number(purchase !== undefined && j.exit !== null && notAfter(j.exit, purchase, t)) +
    Number(purchase !== undefined && j.entry !== null && notAfter(purchase, j.entry, t))
  let best: Journey | null = null
  for (const j of c.journeys) {
    const more = best === null ? 1 : points(j) - points(best)
    if (more > 0 || (more === 0 && lastDay(j) > lastDay(best))) best = j
  }
  return best
}

const lastDay = (j: Journey | null): string => j?.entry ?? j?.exit ?? ''

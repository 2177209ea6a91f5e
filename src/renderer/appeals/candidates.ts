import type { AppealRow } from '../ui/AppealTable.tsx'

/** Appeals that could be given next, in the order of the queue, without the one on screen. */
export function candidates(rows: readonly AppealRow[], current: string, now: string): readonly AppealRow[] {
  return rows.filter(
    ({ id, pending, claimedBy, leaseUntil }) =>
      id !== current && !pending && (claimedBy === null || leaseUntil === null || leaseUntil < now),
  )
}

import type { Appeal } from './appeal.ts'
import type { Instant, IsoDate } from './fact.ts'

/** An appeal that waits, and how many open ones its applicant had when he filed it. */
export interface WaitingAppeal {
  readonly appeal: Appeal
  readonly turn: number
}

interface Asked {
  readonly officer: string
  readonly now: Instant
  readonly today: IsoDate
}

const WAITING: readonly string[] = ['received', 'claimed', 'preliminary']

/** Whether the appeal could be given to the officer: held by nobody, to be decided today, and not by somebody else. */
function isFree({ state, lease, hearingAt, notBy, assignedTo }: Appeal, { officer, now, today }: Asked): boolean {
  if (!WAITING.includes(state) || (lease !== null && lease.until > now)) return false
  if (state === 'preliminary' && (hearingAt === null || hearingAt > today)) return false
  return !notBy?.includes(officer) && (assignedTo == null || assignedTo === officer)
}

/** Whether the officer gave the appeal back once: he is given others first. */
export const hasReturned = ({ timeline }: Appeal, officer: string): boolean =>
  timeline.some((e) => e.what === 'returned' && e.officer === officer)

/**
 * The order in which the registry gives appeals to an officer: what was handed to him; then by deadline, on the same day the first
 * appeal of every applicant before anybody's second; what he has returned himself only when nothing else is left.
 */
export function inTurn(waiting: readonly WaitingAppeal[], asked: Asked): readonly Appeal[] {
  const rank = (appeal: Appeal): number => {
    if (appeal.assignedTo === asked.officer) return 0
    return hasReturned(appeal, asked.officer) ? 2 : 1
  }
  return waiting
    .filter(({ appeal }) => isFree(appeal, asked))
    .map(({ appeal, turn }) => ({ appeal, order: [rank(appeal), appeal.dueAt, turn, appeal.receivedAt, appeal.id] }))
    .toSorted((a, b) => compare(a.order, b.order))
    .map(({ appeal }) => appeal)
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, one] of a.entries()) {
    const other = b[i] as string | number
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}

import { daysBetween } from './businessDate.ts'
import type { Fact, IsoDate } from './fact.ts'
import type { ListingReason } from './listing.ts'
import { listingOf, type Policy } from './policy.ts'

/**
 * What anybody may learn about an IMEI: its colour, how long there is to act, why it is blocked and who can help. Nothing of persons:
 * no owner, no number, no source, no paper, and of a white one not even why.
 */
export interface PublicAnswer {
  readonly list: 'white' | 'grey' | 'black' | 'unknown'
  /** Black only. */
  readonly reason: ListingReason | null
  /** Grey only: the last day to act, the days left with that day counted, 0 when it is over. */
  readonly deadline: IsoDate | null
  readonly daysLeft: number | null
  readonly overdue: boolean
  readonly remedy: PublicRemedy
}

export const PUBLIC_REMEDIES = [
  'none',
  'watch',
  'appeal',
  'appeal-now',
  'police',
  'gsma',
  'seller',
  'operator',
] as const
export type PublicRemedy = (typeof PUBLIC_REMEDIES)[number]

/** Whom to turn to: only the body that listed an IMEI may unlist it (domain.md). */
const REMEDY_OF_BLACK: Partial<Record<ListingReason, PublicRemedy>> = {
  stolen: 'police',
  'gsma-listed': 'gsma',
  counterfeit: 'seller',
  clone: 'operator',
}

/** The answer by the live facts on a business day. */
export function publicAnswer(facts: readonly Fact[], policy: Policy, today: IsoDate): PublicAnswer {
  const { list, reason, deadline } = listingOf(facts, policy)
  const nothing = { reason: null, deadline: null, daysLeft: null, overdue: false }
  if (list === 'white') return { ...nothing, list, remedy: 'none' }
  if (list === 'none') return { ...nothing, list: 'unknown', remedy: 'watch' }
  if (list === 'black') return { ...nothing, list, reason, remedy: (reason && REMEDY_OF_BLACK[reason]) ?? 'appeal' }
  const left = deadline === null ? 0 : daysBetween(today, deadline) + 1
  return {
    list,
    reason: null,
    deadline,
    daysLeft: Math.max(0, left),
    overdue: left <= 0,
    remedy: left > 0 ? 'appeal' : 'appeal-now',
  }
}

import type { Appeal, AppealState, TimelineEntry } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Effect } from '../../domain/effect.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'
import { add, type Counts } from './listFigures.ts'
import { appealDocs, movesUntil } from './queries.ts'
import type { ReportQuery } from './query.ts'

/** IMEIs moved onto another list within the period, by the list they came to, the month or the kind of batch. */
export function countMoves(cache: Reader, query: ReportQuery): Counts {
  const counts: Counts = new Map()
  for (const { kind, at, effect } of movesUntil(cache, query.seq)) {
    const day = businessDate(at)
    if (day < query.from || day > query.to) continue
    const e = JSON.parse(effect) as Effect
    const moved = { white: e.toWhite, grey: e.toGrey, black: e.toBlack, none: e.toNone }
    for (const [list, count] of Object.entries(moved))
      if (count > 0) add(counts, query.by === 'list' ? list : query.by === 'month' ? day.slice(0, 7) : kind, count)
  }
  return counts
}

const STATE_AFTER: Readonly<Record<TimelineEntry['what'], AppealState | null>> = {
  received: 'received',
  claimed: 'claimed',
  returned: 'received',
  asked: 'asked',
  preliminary: 'preliminary',
  proposed: 'awaiting-signature',
  signed: null,
  'sent-back': 'received',
  approved: 'approved',
  rejected: 'rejected',
  referred: 'referred',
  withdrawn: 'withdrawn',
}

/** The state an appeal had at an instant, from its time line. */
function stateAt(appeal: Appeal, at: Instant): AppealState {
  let state: AppealState = 'received'
  for (const entry of appeal.timeline) if (entry.at <= at) state = STATE_AFTER[entry.what] ?? state
  return state
}

/** Appeals received within the period, by the state they had at the sequence number, their route or the month. */
export function countAppeals(cache: Reader, query: ReportQuery): Counts {
  const counts: Counts = new Map()
  const { at } = query
  if (at === null) return counts
  for (const [doc] of appealDocs(cache, query.seq)) {
    const appeal = JSON.parse(doc) as Appeal
    const day = businessDate(appeal.receivedAt)
    if (day < query.from || day > query.to) continue
    add(counts, query.by === 'route' ? appeal.route : query.by === 'month' ? day.slice(0, 7) : stateAt(appeal, at), 1)
  }
  return counts
}

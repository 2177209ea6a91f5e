import { addDays } from '../../domain/businessDate.ts'
import { type AppealsAsked, OPEN_APPEALS } from '../app/appealPages.ts'

/** Views of the queue; the names are those of `appeal-counts`. */
export const QUEUE_VIEWS = ['open', 'overdue', 'dueThisWeek', 'mine', 'drafts', 'awaitingMySignature', 'all'] as const
export type QueueView = (typeof QUEUE_VIEWS)[number]

/** "This week" is today and the six days after it, as in `appeal-counts`. */
const WEEK_DAYS = 7

/** What a view asks of the engine; `today` is a business date. */
export function askOf(view: QueueView, today: string): AppealsAsked {
  const all: AppealsAsked = { state: null, open: false, mine: false, due: null }
  switch (view) {
    case 'open':
      return OPEN_APPEALS
    case 'overdue':
      return { ...all, open: true, due: addDays(today, -1) }
    case 'dueThisWeek':
      return { ...all, open: true, due: addDays(today, WEEK_DAYS - 1) }
    case 'mine':
    case 'drafts':
      return { ...all, open: true, mine: true }
    case 'awaitingMySignature':
      return { ...all, state: 'awaiting-signature' }
    case 'all':
      return all
  }
}

/** The view of the queue that a kept one belongs to. */
export function viewOf(kept: {
  readonly state: string | null
  readonly open: boolean
  readonly mine: boolean
}): QueueView {
  if (kept.state === 'awaiting-signature') return 'awaitingMySignature'
  if (kept.mine) return 'mine'
  return kept.open ? 'open' : 'all'
}

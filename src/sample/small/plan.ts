import type { AppealState, ReasonCode, Route } from '../../domain/appeal.ts'
import type { Story } from '../shape.ts'

/** One appeal of the sample: what it is about and how far it has come. */
export interface PlannedAppeal {
  readonly route: Route
  readonly story: Story
  readonly by: 'iin' | 'passport'
  readonly imeis: 1 | 2
  /** Days before today on which it was received. */
  readonly ago: number
  readonly state: AppealState
  readonly reasons: readonly ReasonCode[]
  /** Appeals with the same word share an applicant (and what the story says they share). */
  readonly together: string | null
}

type Row = readonly [route: Route, story: Story, ago: number, more?: Partial<PlannedAppeal>]

const passport = { by: 'passport' } as const
const one = { imeis: 1 } as const

const ROWS: readonly Row[] = [
  ['accompanied', 'clean-black', 16],
  ['accompanied', 'clean-black', 13, one],
  ['accompanied', 'clean-black', 11, passport],
  ['accompanied', 'clean-black', 9],
  ['accompanied', 'clean-black', 6, { ...passport, ...one }],
  ['accompanied', 'clean-black', 3],
  ['accompanied', 'border-date', 18],
  ['accompanied', 'border-date', 5, passport],
  ['accompanied', 'no-crossing', 14, { state: 'rejected', reasons: ['R08'] }],
  ['accompanied', 'ordered-before-journey', 12],
  ['accompanied', 'seen-before-entry', 10, one],
  ['accompanied', 'wrong-model', 8],
  ['accompanied', 'clean-grey', 4, passport],
  ['accompanied', 'illegal-import', 7],
  ['post', 'clean-grey', 24, { state: 'approved' }],
  ['post', 'clean-grey', 6],
  ['post', 'tracking-overused', 9, { together: 'parcel' }],
  ['post', 'tracking-overused', 8, { together: 'parcel', ...one }],
  ['post', 'tracking-overused', 8, { together: 'parcel' }],
  ['post', 'receipt-of-another-imei', 15],
  ['post', 'wrong-model', 19, { state: 'rejected', reasons: ['R03'] }],
  ['post', 'stolen', 2],
  ['courier', 'clean-grey', 23, { state: 'approved' }],
  ['courier', 'clean-grey', 12],
  ['courier', 'clean-grey', 3],
  ['courier', 'declaration-unknown', 17],
  ['courier', 'declaration-unknown', 4, one],
  ['courier', 'owner-differs', 10],
  ['courier', 'gsma-listed', 5],
  ['second-imei', 'sibling-pending', 22, { state: 'approved' }],
  ['second-imei', 'sibling-pending', 7],
  ['second-imei', 'sibling-pending', 2],
  ['second-imei', 'sibling-overdue', 13],
  ['second-imei', 'sibling-overdue', 20],
  ['second-imei', 'photo-of-another-phone', 6],
  ['board-replaced', 'clean-grey', 11, one],
  ['board-replaced', 'clean-grey', 5],
  ['board-replaced', 'clean-grey', 15, { state: 'asked', reasons: ['R12'] }],
  ['board-replaced', 'counterfeit', 8, one],
  ['board-replaced', 'photo-of-another-phone', 14, { state: 'preliminary', reasons: ['R01'] }],
  ['marketplace', 'clean-grey', 25, { state: 'approved' }],
  ['marketplace', 'clean-grey', 16, passport],
  ['marketplace', 'clean-grey', 2, one],
  ['marketplace', 'receipt-reused', 13, { together: 'fixer receipt 1' }],
  ['marketplace', 'receipt-reused', 12, { together: 'fixer receipt 2' }],
  ['marketplace', 'receipt-reused', 12, { together: 'fixer receipt 3' }],
  ['marketplace', 'filed-again', 9, { together: 'again' }],
  ['gift', 'clean-grey', 10],
  ['gift', 'clean-grey', 4, passport],
  ['gift', 'border-date', 7],
  ['gift', 'owner-differs', 18, { state: 'preliminary', reasons: ['R04'] }],
  ['gift', 'no-crossing', 3],
  ['gift', 'seen-before-entry', 6, one],
  ['second-hand', 'clean-grey', 11],
  ['second-hand', 'clean-grey', 21, { state: 'withdrawn' }],
  ['second-hand', 'clean-grey', 1, one],
  ['second-hand', 'stolen', 17, { state: 'referred', reasons: ['R11'] }],
  ['second-hand', 'receipt-reused', 12, { together: 'fixer receipt 4' }],
  ['second-hand', 'filed-again', 14, { together: 'again', state: 'asked', reasons: ['R05'] }],
  ['second-hand', 'filed-again', 2, { together: 'again' }],
]

/** The sixty appeals in the order of their numbers (the oldest first). */
export const PLAN: readonly PlannedAppeal[] = ROWS.map(
  ([route, story, ago, more]): PlannedAppeal => ({
    route,
    story,
    ago,
    by: 'iin',
    imeis: 2,
    state: 'received',
    reasons: [],
    together: null,
    ...more,
  }),
).toSorted((a, b) => b.ago - a.ago)

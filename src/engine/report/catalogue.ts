import type { REPORTS } from '../../contract/engine/export.ts'

export type ReportName = (typeof REPORTS)[number]

/** What each report can be grouped by; the first is the default. Definitions in words: `resources/locales/<lang>/report.json`. */
export const GROUPINGS = {
  blocklist: ['reason', 'brand', 'model', 'tac', 'month'],
  inflow: ['list', 'month', 'kind'],
  'grey-clocks': ['clock', 'reason', 'brand', 'model', 'month'],
  appeals: ['state', 'route', 'month'],
} as const satisfies Readonly<Record<ReportName, readonly [string, ...string[]]>>

export type Grouping = (typeof GROUPINGS)[ReportName][number]

/** Days left on a grey clock, by the day it is asked about; also the order in which they are shown. */
export const CLOCKS = ['overdue', '0-7', '8-14', '15-21', '22-30', 'over-30'] as const
export type Clock = (typeof CLOCKS)[number]

/** Key of the group for devices that the TAC table does not know. */
export const UNKNOWN_DEVICE = 'unknown'

export interface Group {
  readonly key: string
  readonly count: number
}

export interface Figures {
  readonly total: number
  readonly groups: readonly Group[]
}

import type { REPORTS } from '../../contract/engine/report.ts'

export type ReportName = (typeof REPORTS)[number]

export const GROUPINGS = [
  'reason',
  'brand',
  'model',
  'tac',
  'importer',
  'operator',
  'region',
  'month',
  'day',
  'clock',
  'list',
  'kind',
  'state',
  'route',
  'days',
  'officer',
  'country',
  'declaration',
  'version',
  'case',
  'ground',
  'stage',
] as const
export type Grouping = (typeof GROUPINGS)[number]

export const MEASURES = [
  'count',
  'before',
  'change',
  'in',
  'out',
  'net',
  'white',
  'grey',
  'black',
  'approved',
  'rejected',
  'late',
  'reversed',
  'average',
  'median',
  'longest',
  'declared',
  'seen',
  'unseen',
  'was',
  'now',
  'devices',
  'due',
  'sent',
  'applied',
  'refused',
  'missing',
  'sightings',
  'delivered',
  'failed',
  'resolved',
  'blocked',
  'confirmed',
  'dismissed',
  'holder',
  'importers',
] as const
export type MeasureName = (typeof MEASURES)[number]

/** Decimals of the measures that are no whole numbers. */
export const DECIMALS: Readonly<Partial<Record<MeasureName, number>>> = { average: 1, median: 1 }

export interface ReportSpec {
  /** What it can be grouped by; the first is the default. */
  readonly groupings: readonly [Grouping, ...Grouping[]]
  readonly filters: readonly Grouping[]
  /** The first is the one that charts and shares show. */
  readonly measures: readonly [MeasureName, ...MeasureName[]]
  /** The first measure of all groups adds up to a whole. */
  readonly adds: boolean
  /** The IMEIs behind the figures can be written out. */
  readonly rows: boolean
}

const LISTED = ['brand', 'model', 'tac', 'importer', 'operator', 'region', 'month'] as const
const DECLARED = ['month', 'importer', 'brand', 'model', 'tac', 'country', 'declaration'] as const

/** Definitions in words: `resources/locales/<lang>/report.json`. */
export const CATALOGUE = {
  blocklist: spec(['reason', ...LISTED], ['count'], { rows: true }),
  'grey-clocks': spec(['clock', 'reason', ...LISTED], ['count'], { rows: true }),
  inflow: spec(['list', 'month', 'kind', 'reason'], ['in', 'out', 'net']),
  lists: spec(['month', 'day'], ['grey', 'black', 'white'], { filters: [], adds: false }),
  appeals: spec(
    ['state', 'route', 'month', 'reason', 'days', 'officer'],
    ['count', 'approved', 'rejected', 'late', 'reversed', 'average'],
  ),
  'decision-times': spec(
    ['route', 'month', 'reason', 'officer', 'days'],
    ['count', 'median', 'average', 'longest', 'late'],
  ),
  declarations: spec(DECLARED, ['declared', 'seen', 'unseen']),
  policies: spec(['version'], ['was', 'now', 'change'], { filters: [], adds: false }),
  fees: spec(['month', 'importer', 'declaration'], ['devices', 'due']),
  operators: spec(['operator', 'month', 'list'], ['count', 'sent', 'applied', 'refused', 'missing']),
  violations: spec(['operator', 'month'], ['count', 'sightings']),
  notices: spec(['operator', 'month', 'stage'], ['count', 'delivered', 'failed', 'resolved', 'blocked']),
  duplicates: spec(DECLARED, ['count', 'importers', 'seen']),
  clones: spec(['case', 'month', 'ground'], ['count', 'confirmed', 'dismissed', 'holder']),
} as const satisfies Readonly<Partial<Record<ReportName, ReportSpec>>>

export type KnownReport = keyof typeof CATALOGUE

function spec(
  groupings: ReportSpec['groupings'],
  measures: ReportSpec['measures'],
  more: Partial<Pick<ReportSpec, 'filters' | 'adds' | 'rows'>> = {},
): ReportSpec {
  return { groupings, measures, filters: groupings, adds: true, rows: false, ...more }
}

/** Days left on a grey clock, by the last day of the period; also the order in which they are shown. */
export const CLOCKS = ['overdue', '0-7', '8-14', '15-21', '22-30', 'over-30'] as const
export type Clock = (typeof CLOCKS)[number]

/** Calendar days from receipt to decision, in the order shown. */
export const DECISION_DAYS = ['0-5', '6-10', '11-15', '16-30', 'over-30', 'open'] as const

/** Key of the group for what nobody knows: a device outside the TAC table, an importer that was not named. */
export const UNKNOWN = 'unknown'

export interface Group {
  readonly key: string
  readonly count: number
}

/** A report's answer: a row for each group with its measures. */
export interface Table {
  readonly measures: readonly { readonly name: MeasureName; readonly decimals: number }[]
  readonly rows: readonly { readonly key: string; readonly values: readonly number[] }[]
  readonly totals: readonly (number | null)[]
}

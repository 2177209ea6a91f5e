import { addDays, daysBetween } from '../../domain/businessDate.ts'
import type { Reader } from '../db/handle.ts'
import { countClones, countNotices, countOperatorFiles, countViolations } from './actReports.ts'
import { countAppeals, countDecisionTimes } from './appealReport.ts'
import { CLOCKS, DECIMALS, DECISION_DAYS, type MeasureName, type Table } from './catalogue.ts'
import { countDeclared, countDuplicates, countFees } from './declarationReports.ts'
import { countMoves, countPolicyChanges, countStandings } from './flowReports.ts'
import { countListed } from './listedReport.ts'
import type { Period, ReportQuery } from './query.ts'
import type { Counted } from './tally.ts'

/**
 * Computes a report's figures. The same query gives the same figures for good: nothing but the facts and events up to its sequence
 * number enters. Throws the signal's reason when cancelled.
 */
export async function figuresOf(cache: Reader, query: ReportQuery, signal: AbortSignal): Promise<Table> {
  const now = shown(await count(cache, query, query, signal))
  const before = query.compareTo && alongside(query, shown(await count(cache, query, query.compareTo, signal)))
  const names: MeasureName[] = [...query.spec.measures]
  const table = before ? compared(names, now, before) : { names, ...now }
  const rows = [...table.rows].map(([key, values]) => ({ key, values }))
  rows.sort(ORDER[query.by] ?? byCount)
  const measures = table.names.map((name) => ({ name, decimals: DECIMALS[name] ?? 0 }))
  return { measures, rows, totals: table.totals }
}

function count(cache: Reader, query: ReportQuery, period: Period, signal: AbortSignal): Promise<Counted> | Counted {
  switch (query.report) {
    case 'blocklist':
      return countListed(cache, 'black', query, period, signal)
    case 'grey-clocks':
      return countListed(cache, 'grey', query, period, signal)
    case 'inflow':
      return countMoves(cache, query, period)
    case 'lists':
      return countStandings(cache, query, period)
    case 'appeals':
      return countAppeals(cache, query, period)
    case 'decision-times':
      return countDecisionTimes(cache, query, period)
    case 'declarations':
      return countDeclared(cache, query, period, signal)
    case 'policies':
      return countPolicyChanges(cache, query, period)
    case 'fees':
      return countFees(cache, query, period, signal)
    case 'operators':
      return countOperatorFiles(cache, query, period)
    case 'violations':
      return countViolations(cache, query, period)
    case 'notices':
      return countNotices(cache, query, period, signal)
    case 'duplicates':
      return countDuplicates(cache, query, period, signal)
    case 'clones':
      return countClones(cache, query, period)
  }
}

interface Shown {
  readonly rows: ReadonlyMap<string, readonly number[]>
  readonly totals: readonly (number | null)[]
}

function shown({ tally, finish = (sums) => sums, totals }: Counted): Shown {
  return {
    rows: new Map([...tally.sums].map(([key, sums]) => [key, finish(sums, key)])),
    totals: totals ?? finish(tally.total(), null),
  }
}

/** Months and days of the earlier period under the keys of those they are held against: the first under the first. */
function alongside(query: ReportQuery, before: Shown): Shown {
  const { by, compareTo } = query
  if (!compareTo || (by !== 'month' && by !== 'day')) return before
  const months = monthNo(query.from) - monthNo(compareTo.from)
  const days = daysBetween(compareTo.from, query.from)
  const later = (key: string): string => (by === 'day' ? addDays(key, days) : monthText(monthNo(key) + months))
  return { ...before, rows: new Map([...before.rows].map(([key, values]) => [later(key), values])) }
}

const monthNo = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
const monthText = (no: number): string => `${Math.floor(no / 12)}-${String((no % 12) + 1).padStart(2, '0')}`

/** Puts the first measure of the earlier period and the change since then beside it. */
function compared(names: readonly MeasureName[], now: Shown, before: Shown): Shown & { names: MeasureName[] } {
  const [first = 'count', ...rest] = names
  const nothing = names.map(() => 0)
  const beside = (values: readonly number[], earlier: number): number[] => {
    const [value = 0, ...others] = values
    return [value, earlier, value - earlier, ...others]
  }
  const rows = new Map<string, number[]>()
  for (const key of new Set([...now.rows.keys(), ...before.rows.keys()]))
    rows.set(key, beside(now.rows.get(key) ?? nothing, before.rows.get(key)?.[0] ?? 0))
  const [total = null, ...otherTotals] = now.totals
  const earlier = before.totals[0] ?? null
  const change = total === null || earlier === null ? null : total - earlier
  return { names: [first, 'before', 'change', ...rest], rows, totals: [total, earlier, change, ...otherTotals] }
}

interface Row {
  readonly key: string
  readonly values: readonly number[]
}
type Compare = (a: Row, b: Row) => number

// by code unit: no collation of any language, so that every machine gives the same order
const byKey: Compare = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
const byCount: Compare = (a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0) || byKey(a, b)
const inOrderOf =
  (order: readonly string[]): Compare =>
  (a, b) =>
    order.indexOf(a.key) - order.indexOf(b.key)
const byVersion: Compare = (a, b) => Number.parseInt(a.key, 10) - Number.parseInt(b.key, 10) || byKey(a, b)
const ORDER: Readonly<Partial<Record<string, Compare>>> = {
  month: byKey,
  day: byKey,
  clock: inOrderOf(CLOCKS),
  days: inOrderOf(DECISION_DAYS),
  version: byVersion,
}

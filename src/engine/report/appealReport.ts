import { isOpen } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { IsoDate } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'
import { type AppealFigure, figureAt } from '../sync/appealFigures.ts'
import { type Grouping, UNKNOWN } from './catalogue.ts'
import { type AppealField, type AppealSums, appealSteps, stepsOf, sumAppeals } from './queries.ts'
import { neededBy, type Period, passes, type ReportQuery } from './query.ts'
import { type Counted, type Keys, Tally } from './tally.ts'

/** Appeals received within the period as they stood at the sequence number, with what became of them. */
export function countAppeals(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(7)
  for (const { keys, sums } of figures(cache, query, period, neededBy(query)))
    tally.add(keys[query.by] ?? UNKNOWN, sums)
  return { tally, finish }
}

const finish = ([
  count = 0,
  approved = 0,
  rejected = 0,
  late = 0,
  reversed = 0,
  days = 0,
  decided = 0,
]: readonly number[]) => [count, approved, rejected, late, reversed, decided === 0 ? 0 : rounded(days / decided)]

const rounded = (value: number): number => Math.round(value * 10) / 10

/** Appeals received within the period that had a decision by the sequence number, by the days it took. */
export function countDecisionTimes(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(2)
  const times = new Map<string, Times>()
  const whole = new Times()
  for (const { keys, days, sums } of figures(cache, query, period, [
    ...new Set([...neededBy(query), 'days' as const]),
  ])) {
    if (days < 0) continue
    const [count, , , late] = sums
    const key = keys[query.by] ?? UNKNOWN
    tally.add(key, [count, late])
    const own = times.get(key) ?? new Times()
    times.set(key, own)
    own.add(days, count)
    whole.add(days, count)
  }
  return {
    tally,
    finish: ([count = 0, late = 0], key) => {
      const { median, average, longest } = (key === null ? whole : (times.get(key) ?? whole)).figures()
      return [count, median, average, longest, late]
    },
  }
}

/** How many appeals took how many days. */
class Times {
  readonly #counts = new Map<number, number>()

  add(days: number, count: number): void {
    this.#counts.set(days, (this.#counts.get(days) ?? 0) + count)
  }

  /** Days; 0 where nothing was decided. Of an even number the median is the mean of the two in the middle. */
  figures(): { median: number; average: number; longest: number } {
    const sorted = [...this.#counts].sort(([a], [b]) => a - b)
    const count = sorted.reduce((sum, [, n]) => sum + n, 0)
    if (count === 0) return { median: 0, average: 0, longest: 0 }
    const at = (place: number): number => {
      let passed = 0
      for (const [days, n] of sorted) {
        passed += n
        if (passed > place) return days
      }
      return 0
    }
    const days = sorted.reduce((sum, [day, n]) => sum + day * n, 0)
    return {
      median: (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2,
      average: rounded(days / count),
      longest: sorted.at(-1)?.[0] ?? 0,
    }
  }
}

interface Figures {
  readonly keys: Keys
  /** To the decision; -1: none, or not asked for. */
  readonly days: number
  readonly sums: AppealSums
}

/** Sums of appeals that the filters let through, by fields at least. */
function figures(cache: Reader, query: ReportQuery, period: Period, fields: readonly Grouping[]): Iterable<Figures> {
  if (query.at === null) return []
  const today = businessDate(query.at)
  return query.isNow ? fromColumns(cache, query, period, today, fields) : fromSteps(cache, query, period, today)
}

function* fromColumns(
  cache: Reader,
  query: ReportQuery,
  period: Period,
  today: IsoDate,
  asked: readonly Grouping[],
): Generator<Figures> {
  const fields = asked as readonly AppealField[]
  for (const row of sumAppeals(cache, fields, today, period.from, period.to)) {
    const keys: Partial<Record<Grouping, string>> = {}
    let days = -1
    for (const [i, field] of fields.entries()) {
      if (field === 'days') days = Number(row[i])
      keys[field] = field === 'days' ? daysKey(days) : named(field, String(row[i] ?? ''))
    }
    if (passes(query, keys)) yield { keys, days, sums: row.slice(fields.length).map(Number) as AppealSums }
  }
}

/** What a column says as a group's key; months come as days. */
const named = (field: AppealField, text: string): string => (field === 'month' ? text.slice(0, 7) : text) || UNKNOWN

function* fromSteps(cache: Reader, query: ReportQuery, period: Period, today: IsoDate): Generator<Figures> {
  for (const [route, day, json] of appealSteps(cache, query.seq, period.from, period.to)) {
    const f = figureAt(stepsOf(json), day, query.seq)
    if (!f) continue
    const days = f.days ?? -1
    const keys: Keys = {
      state: f.state,
      route,
      month: day.slice(0, 7),
      reason: f.reason ?? UNKNOWN,
      days: daysKey(days),
      officer: f.officer ?? UNKNOWN,
    }
    if (passes(query, keys)) yield { keys, days, sums: sumsOf(f, today) }
  }
}

/** The same sums as `sumAppeals` gives for one appeal. */
function sumsOf(f: AppealFigure, today: IsoDate): AppealSums {
  const late = f.decidedDay !== null ? f.decidedDay > f.due : isOpen(f.state) && f.due < today
  return [
    1,
    f.state === 'approved' ? 1 : 0,
    f.state === 'rejected' ? 1 : 0,
    late ? 1 : 0,
    f.reversed ? 1 : 0,
    f.days ?? 0,
    f.days === null ? 0 : 1,
  ]
}

function daysKey(days: number): string {
  if (days < 0) return 'open'
  if (days <= 5) return '0-5'
  if (days <= 10) return '6-10'
  if (days <= 15) return '11-15'
  return days <= 30 ? '16-30' : 'over-30'
}

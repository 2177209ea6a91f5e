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
  if (query.at !== null) {
    const today = businessDate(query.at)
    if (query.isNow) fromColumns(cache, query, period, today, tally)
    else fromSteps(cache, query, period, today, tally)
  }
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
]: readonly number[]) => [
  count,
  approved,
  rejected,
  late,
  reversed,
  decided === 0 ? 0 : Math.round((days / decided) * 10) / 10,
]

function fromColumns(cache: Reader, query: ReportQuery, period: Period, today: IsoDate, tally: Tally): void {
  const fields = neededBy(query) as AppealField[]
  for (const row of sumAppeals(cache, fields, today, period.from, period.to)) {
    const keys: Partial<Record<Grouping, string>> = {}
    for (const [i, field] of fields.entries())
      keys[field] = field === 'days' ? daysKey(Number(row[i])) : String(row[i] ?? '') || UNKNOWN
    if (passes(query, keys)) tally.add(keys[query.by] ?? UNKNOWN, row.slice(fields.length).map(Number))
  }
}

function fromSteps(cache: Reader, query: ReportQuery, period: Period, today: IsoDate, tally: Tally): void {
  for (const [route, day, json] of appealSteps(cache, query.seq, period.from, period.to)) {
    const f = figureAt(stepsOf(json), day, query.seq)
    if (!f) continue
    const keys: Keys = {
      state: f.state,
      route,
      month: day.slice(0, 7),
      reason: f.reason ?? UNKNOWN,
      days: daysKey(f.days ?? -1),
      officer: f.officer ?? UNKNOWN,
    }
    if (passes(query, keys)) tally.add(keys[query.by] ?? UNKNOWN, sumsOf(f, today))
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

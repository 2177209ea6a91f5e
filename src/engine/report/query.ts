import type { ReportQueryDoc } from '../../contract/engine/report.ts'
import { isIsoDate } from '../../domain/businessDate.ts'
import type { Instant, IsoDate, Seq } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import { CATALOGUE, type Grouping, type KnownReport, type ReportSpec } from './catalogue.ts'
import { momentOf } from './queries.ts'
import type { Keys } from './tally.ts'

/** What was asked, as it came. `by` null: the report's first grouping; `asOfSeq` null: now. */
export interface Asked extends ReportQueryDoc {
  readonly asOfSeq: Seq | null
}

export interface Period {
  readonly from: IsoDate
  readonly to: IsoDate
}

/** A question that always has the same answer. */
export interface ReportQuery extends Period {
  readonly report: KnownReport
  readonly spec: ReportSpec
  readonly by: Grouping
  readonly filters: Readonly<Partial<Record<Grouping, readonly string[]>>>
  readonly compareTo: Period | null
  readonly seq: Seq
  /** The registry's time of event `seq`; null before the first. */
  readonly at: Instant | null
  readonly policy: Policy
  /** The answer for the cursor may be read from what is stored; else it is computed from the facts of then. */
  readonly isNow: boolean
}

const isReport = (name: string): name is KnownReport => Object.hasOwn(CATALOGUE, name)

/**
 * Makes the question definite: sequence number, policy and grouping. Throws `report-unknown`, `date-unusable`, `period-empty`, or
 * `needs-registry` for a sequence number this desk has not pulled yet.
 */
export function definite(cache: Reader, asked: Asked): ReportQuery {
  if (!isReport(asked.report)) throw trouble('report-unknown', { report: asked.report })
  const spec: ReportSpec = CATALOGUE[asked.report]
  const by = asked.by === null ? spec.groupings[0] : spec.groupings.find((g) => g === asked.by)
  if (by === undefined) throw trouble('report-unknown', { report: `${asked.report} --by ${asked.by}` })
  checkPeriod(asked)
  if (asked.compareTo) {
    if (spec.measures.includes('change')) throw trouble('report-unknown', { report: `${asked.report} --compare` })
    checkPeriod(asked.compareTo)
  }
  const cursor = cursorOf(cache)
  const seq = asked.asOfSeq ?? cursor.seq
  if (seq > cursor.seq) throw trouble('needs-registry', { seq, known: cursor.seq })
  return {
    report: asked.report,
    spec,
    from: asked.from,
    to: asked.to,
    by,
    filters: filtersOf(asked, spec),
    compareTo: asked.compareTo,
    seq,
    at: momentOf(cache, seq),
    policy: policyAt(cache, seq),
    isNow: seq === cursor.seq,
  }
}

function checkPeriod({ from, to }: Period): void {
  for (const value of [from, to]) if (!isIsoDate(value)) throw trouble('date-unusable', { value })
  if (from > to) throw trouble('period-empty', { from, to })
}

/** Filters in a fixed order, so that the same question has the same fingerprint. */
function filtersOf(asked: Asked, spec: ReportSpec): ReportQuery['filters'] {
  const filters: Partial<Record<Grouping, readonly string[]>> = {}
  for (const field of Object.keys(asked.filters).sort()) {
    const known = spec.filters.find((f) => f === field)
    if (known === undefined) throw trouble('report-unknown', { report: `${asked.report} --filter ${field}` })
    filters[known] = [...new Set(asked.filters[field])].sort()
  }
  return filters
}

/** The fields a report has to know of each thing it counts: its grouping and what is filtered. */
export const neededBy = (query: ReportQuery): Grouping[] => [
  ...new Set([query.by, ...(Object.keys(query.filters) as Grouping[])]),
]

/** Whether a thing with these fields is counted. */
export function passes(query: ReportQuery, keys: Keys): boolean {
  for (const [field, kept] of Object.entries(query.filters) as [Grouping, readonly string[]][])
    if (!kept.includes(keys[field] ?? '')) return false
  return true
}

import { isIsoDate } from '../../domain/businessDate.ts'
import type { Instant, IsoDate, Seq } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import { GROUPINGS, type Grouping, type ReportName } from './catalogue.ts'
import { momentOf } from './queries.ts'

/** What was asked, as it came. `by` null: the report's first grouping; `asOfSeq` null: now. */
export interface Asked {
  readonly report: string
  readonly from: IsoDate
  readonly to: IsoDate
  readonly by: string | null
  readonly asOfSeq: Seq | null
}

/** A question that always has the same answer. */
export interface ReportQuery {
  readonly report: ReportName
  readonly from: IsoDate
  readonly to: IsoDate
  readonly by: Grouping
  readonly seq: Seq
  /** The registry's time of event `seq`; null before the first. */
  readonly at: Instant | null
  readonly policy: Policy
}

const isReport = (name: string): name is ReportName => Object.hasOwn(GROUPINGS, name)

/**
 * Makes the question definite: sequence number, policy and grouping. Throws `report-unknown`, `date-unusable`, `period-empty`, or
 * `needs-registry` for a sequence number this desk has not pulled yet.
 */
export function definite(cache: Reader, asked: Asked): ReportQuery {
  if (!isReport(asked.report)) throw trouble('report-unknown', { report: asked.report })
  const groupings: readonly Grouping[] = GROUPINGS[asked.report]
  const by = asked.by === null ? groupings[0] : groupings.find((g) => g === asked.by)
  if (by === undefined) throw trouble('report-unknown', { report: `${asked.report} --by ${asked.by}` })
  for (const value of [asked.from, asked.to]) if (!isIsoDate(value)) throw trouble('date-unusable', { value })
  if (asked.from > asked.to) throw trouble('period-empty', { from: asked.from, to: asked.to })
  const cursor = cursorOf(cache)
  const seq = asked.asOfSeq ?? cursor.seq
  if (seq > cursor.seq) throw trouble('needs-registry', { seq, known: cursor.seq })
  return {
    report: asked.report,
    from: asked.from,
    to: asked.to,
    by,
    seq,
    at: momentOf(cache, seq),
    policy: policyAt(cache, seq),
  }
}

import type { Seq } from '../../domain/fact.ts'
import { NOTICE_STAGES } from '../../domain/notice.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOfSorted } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import type { ActDocs, ActType } from '../sync/actFigures.ts'
import { type Grouping, UNKNOWN } from './catalogue.ts'
import { actsUntil, warned } from './queries.ts'
import { type Period, passes, type ReportQuery } from './query.ts'
import { type Counted, type Keys, Tally } from './tally.ts'

interface Act<T extends ActType> {
  readonly seq: Seq
  readonly day: string
  readonly doc: ActDocs[T]
}

function* acts<T extends ActType>(cache: Reader, type: T, query: ReportQuery): Generator<Act<T>> {
  for (const [seq, day, doc] of actsUntil(cache, type, query.seq))
    yield { seq, day, doc: JSON.parse(doc) as ActDocs[T] }
}

const within = (day: string, period: Period): boolean => day >= period.from && day <= period.to

/** Files sent to operators within the period: IMEIs in them, and what the newest receipt of each says. */
export function countOperatorFiles(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(5)
  const receipts = new Map<number, ActDocs['receipt']>()
  for (const { doc } of acts(cache, 'receipt', query)) receipts.set(doc.file, doc)
  for (const { day, doc } of acts(cache, 'file', query)) {
    if (!within(day, period)) continue
    const keys: Keys = {
      operator: doc.operator,
      month: day.slice(0, 7),
      list: doc.list === 'exceptions' ? 'white' : doc.list,
    }
    if (!passes(query, keys)) continue
    const { applied = 0, refused = 0, missing = 0 } = receipts.get(doc.no) ?? {}
    tally.add(keys[query.by] ?? UNKNOWN, [1, doc.rows, applied, refused, missing])
  }
  return { tally }
}

/** IMEIs seen in an operator's network although blocked: found for the first time within the period, and days on which seen. */
export function countViolations(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(2)
  for (const { day, doc } of acts(cache, 'violation', query)) {
    if (!within(day, period)) continue
    const keys: Keys = { operator: doc.operator, month: day.slice(0, 7) }
    if (passes(query, keys)) tally.add(keys[query.by] ?? UNKNOWN, [doc.imeis, doc.days])
  }
  return { tally }
}

/** Cases of suspected clones opened within the period, as they stood at the sequence number. A case counts under its first ground. */
export function countClones(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(4)
  const verdicts = new Map<number, ActDocs['verdict']>()
  for (const { doc } of acts(cache, 'verdict', query)) verdicts.set(doc.no, doc)
  for (const { day, doc } of acts(cache, 'clone', query)) {
    if (!within(day, period)) continue
    const { state = 'open', holder = false } = verdicts.get(doc.no) ?? {}
    const keys: Partial<Record<Grouping, string>> = {
      case: state,
      month: day.slice(0, 7),
      ground: doc.grounds[0] ?? UNKNOWN,
    }
    if (!passes(query, keys)) continue
    const confirmed = state === 'clone' || state === 'resolved'
    tally.add(keys[query.by] ?? UNKNOWN, [
      1,
      confirmed ? 1 : 0,
      state === 'dismissed' ? 1 : 0,
      confirmed && holder ? 1 : 0,
    ])
  }
  return { tally }
}

/**
 * Warnings sent within the period: delivered and failed by the sequence number, and the lists their IMEIs stood on then. An issue counts
 * once all its parts have come.
 */
export async function countNotices(
  cache: Reader,
  query: ReportQuery,
  period: Period,
  signal: AbortSignal,
): Promise<Counted> {
  const tally = new Tally(5)
  const issues = new Map<number, ActDocs['notice'] & { told: number }>()
  for (const { doc } of acts(cache, 'notice', query)) {
    const known = issues.get(doc.no)
    issues.set(doc.no, { ...doc, told: doc.part + (known?.told ?? 0) })
  }
  const whole = [...issues.values()].filter(({ told, of, day }) => told === of && within(day, period))
  const keysOf = (operator: string, day: string, stage: string): Keys => ({ operator, month: day.slice(0, 7), stage })
  const add = (keys: Keys, values: readonly number[]): void => {
    if (passes(query, keys)) tally.add(keys[query.by] ?? UNKNOWN, values)
  }
  for (const { no, operator, day } of whole) {
    await new Promise(setImmediate)
    signal.throwIfAborted()
    const rows = warned(cache, no)
    let next = 0
    for (const { facts } of factsOfSorted(
      cache,
      rows.map(([imei14]) => imei14),
      { seq: query.seq },
    )) {
      const { list } = listingOf(facts, query.policy)
      add(keysOf(operator, day, rows[next++]?.[1] ?? ''), [1, 0, 0, list === 'white' ? 1 : 0, list === 'black' ? 1 : 0])
    }
  }
  for (const { doc } of acts(cache, 'delivery', query)) {
    const issue = whole.find(({ no }) => no === doc.no)
    if (!issue) continue
    for (const stage of NOTICE_STAGES)
      if (doc.delivered[stage] !== 0 || doc.failed[stage] !== 0)
        add(keysOf(issue.operator, issue.day, stage), [0, doc.delivered[stage], doc.failed[stage], 0, 0])
  }
  return { tally }
}

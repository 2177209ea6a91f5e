import type { Seq } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'
import type { ActDocs, ActType } from '../sync/actFigures.ts'
import { type Grouping, UNKNOWN } from './catalogue.ts'
import { actsUntil } from './queries.ts'
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

import { daysBetween } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import type { Listing } from '../../domain/listing.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOfSorted } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, listedSeqOf } from '../db/mirror.ts'
import { type Clock, UNKNOWN_DEVICE } from './catalogue.ts'
import { countStored, devicesAt, imeisWithFacts, KINDS_OF_LIST, type StoredGrouping } from './queries.ts'
import type { ReportQuery } from './query.ts'

/** Counts by key, before they are put in order. */
export type Counts = Map<string, number>

/** IMEIs on a list at the query's sequence number whose listing began within its period, by its grouping. */
export async function countListed(
  cache: Reader,
  list: 'grey' | 'black',
  query: ReportQuery,
  signal: AbortSignal,
): Promise<Counts> {
  const by = STORED_OF[query.by] ?? 'reason'
  const isStored = cursorOf(cache).seq === query.seq && listedSeqOf(cache) === query.seq
  const raw = isStored
    ? countStored(cache, list, by, query.from, query.to)
    : await countFromFacts(cache, list, by, query, signal)
  const keyOf = keys(cache, query)
  const counts: Counts = new Map()
  for (const [value, count] of raw) add(counts, keyOf(value), count)
  return counts
}

export const add = (counts: Counts, key: string, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count)
}

const STORED_OF: Readonly<Record<string, StoredGrouping>> = {
  reason: 'reason',
  brand: 'tac',
  model: 'tac',
  tac: 'tac',
  month: 'month',
  clock: 'deadline',
}

/** The same value as the expression in `STORED` gives. */
const COMPUTED: Readonly<Record<StoredGrouping, (imei14: Imei14, l: Listing) => string | number>> = {
  reason: (_, l) => l.reason ?? '',
  tac: (imei14) => Math.floor(imei14 / 1_000_000),
  month: (_, l) => (l.since ?? '').slice(0, 7),
  deadline: (_, l) => l.deadline ?? '',
}

/** IMEIs computed between two turns of the event loop, so that the window's other calls are answered meanwhile. */
const IMEIS_A_TURN = 10_000

/** The list as it was at another sequence number: computed anew from the facts that lived then, under the policy of then. */
async function countFromFacts(
  cache: Reader,
  list: 'grey' | 'black',
  by: StoredGrouping,
  query: ReportQuery,
  signal: AbortSignal,
): Promise<Iterable<[string | number, number]>> {
  const counts = new Map<string | number, number>()
  const value = COMPUTED[by]
  let done = 0
  for (const { imei14, facts } of factsOfSorted(cache, first(imeisWithFacts(cache, KINDS_OF_LIST[list], query.seq)), {
    seq: query.seq,
  })) {
    const l = listingOf(facts, query.policy)
    if (l.list === list && l.since !== null && l.since >= query.from && l.since <= query.to) {
      const key = value(imei14, l)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    done++
    if (done % IMEIS_A_TURN === 0) {
      await new Promise(setImmediate)
      signal.throwIfAborted()
    }
  }
  return counts
}

function* first<T>(rows: Iterable<readonly [T]>): Generator<T> {
  for (const [value] of rows) yield value
}

/** Names what was grouped: a TAC by its brand or model, a deadline by the days left. */
function keys(cache: Reader, query: ReportQuery): (value: string | number) => string {
  if (query.by === 'tac') return (tac) => String(tac).padStart(8, '0')
  if (query.by === 'clock') return (deadline) => clockOf(String(deadline), query.to)
  if (query.by !== 'brand' && query.by !== 'model') return String
  const devices = devicesAt(cache, query.seq)
  return (tac) => {
    const device = devices.get(Number(tac))
    if (!device?.brand) return UNKNOWN_DEVICE
    return query.by === 'brand' ? device.brand : `${device.brand} ${device.model}`.trim()
  }
}

function clockOf(deadline: IsoDate, today: IsoDate): Clock {
  const left = daysBetween(today, deadline)
  if (left < 0) return 'overdue'
  if (left <= 7) return '0-7'
  if (left <= 14) return '8-14'
  if (left <= 21) return '15-21'
  return left <= 30 ? '22-30' : 'over-30'
}

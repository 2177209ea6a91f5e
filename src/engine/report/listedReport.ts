import { daysBetween } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import type { Listing } from '../../domain/listing.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOfSorted } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { type Traits, traitsOf } from '../db/listingTraits.ts'
import { listedSeqOf } from '../db/mirror.ts'
import { type Clock, type Grouping, UNKNOWN } from './catalogue.ts'
import { devicesAt } from './devices.ts'
import { countStored, imeisWithFacts, KINDS_OF_LIST, type StoredField } from './queries.ts'
import { neededBy, type Period, passes, type ReportQuery } from './query.ts'
import { type Counted, type Keys, Tally } from './tally.ts'

const STORED_OF: Readonly<Partial<Record<Grouping, StoredField>>> = {
  reason: 'reason',
  brand: 'tac',
  model: 'tac',
  tac: 'tac',
  month: 'month',
  clock: 'deadline',
  operator: 'operator',
  region: 'region',
  importer: 'importer',
}

/** IMEIs on a list at the query's sequence number whose listing began within the period. */
export async function countListed(
  cache: Reader,
  list: 'grey' | 'black',
  query: ReportQuery,
  period: Period,
  signal: AbortSignal,
): Promise<Counted> {
  const wanted = neededBy(query)
  const fields = [...new Set(wanted.map((field) => storedOf(field)))]
  const isStored = query.isNow && listedSeqOf(cache) === query.seq
  const raw = isStored
    ? countStored(cache, list, fields, period.from, period.to)
    : await countFromFacts(cache, list, fields, query, period, signal)
  const nameOf = names(cache, query, period)
  const tally = new Tally(1)
  for (const row of raw) {
    const keys: Partial<Record<Grouping, string>> = {}
    for (const field of wanted) keys[field] = nameOf(field, row[fields.indexOf(storedOf(field))] ?? '')
    if (passes(query, keys)) tally.add(keys[query.by] ?? UNKNOWN, [Number(row.at(-1))])
  }
  return { tally }
}

const storedOf = (field: Grouping): StoredField => {
  const stored = STORED_OF[field]
  if (stored === undefined) throw new Error(`a list cannot be counted by ${field}`)
  return stored
}

/** The same value as the expression in `STORED` gives. */
const COMPUTED: Readonly<Record<StoredField, (imei14: Imei14, l: Listing, traits: Traits) => string | number>> = {
  reason: (_, l) => l.reason ?? '',
  tac: (imei14) => Math.floor(imei14 / 1_000_000),
  month: (_, l) => (l.since ?? '').slice(0, 7),
  deadline: (_, l) => l.deadline ?? '',
  operator: (_, __, traits) => traits.operator ?? '',
  region: (_, __, traits) => traits.region ?? '',
  importer: (_, __, traits) => traits.importer ?? '',
}
const NEED_TRAITS: readonly StoredField[] = ['operator', 'region', 'importer']
const NO_TRAITS: Traits = { operator: null, region: null, importer: null }

/** IMEIs computed between two turns of the event loop, so that the window's other calls are answered meanwhile. */
const IMEIS_A_TURN = 10_000

export interface ListedImei extends Listing, Traits {
  readonly imei14: Imei14
}

/** The list as it was at another sequence number: computed anew from the facts that lived then, under the policy of then. */
export async function* listedFromFacts(
  cache: Reader,
  list: 'grey' | 'black',
  query: ReportQuery,
  period: Period,
  withTraits: boolean,
  signal: AbortSignal,
): AsyncGenerator<ListedImei> {
  let done = 0
  const imeis = first(imeisWithFacts(cache, KINDS_OF_LIST[list], query.seq))
  for (const { imei14, facts } of factsOfSorted(cache, imeis, { seq: query.seq })) {
    const l = listingOf(facts, query.policy)
    if (l.list === list && l.since !== null && l.since >= period.from && l.since <= period.to)
      yield { imei14, ...l, ...(withTraits ? traitsOf(cache, facts) : NO_TRAITS) }
    done++
    if (done % IMEIS_A_TURN === 0) {
      await new Promise(setImmediate)
      signal.throwIfAborted()
    }
  }
}

async function countFromFacts(
  cache: Reader,
  list: 'grey' | 'black',
  fields: readonly StoredField[],
  query: ReportQuery,
  period: Period,
  signal: AbortSignal,
): Promise<Iterable<(string | number)[]>> {
  const counts = new Map<string, { values: (string | number)[]; count: number }>()
  const withTraits = fields.some((field) => NEED_TRAITS.includes(field))
  for await (const l of listedFromFacts(cache, list, query, period, withTraits, signal)) {
    const values = fields.map((field) => COMPUTED[field](l.imei14, l, l))
    const key = JSON.stringify(values)
    const known = counts.get(key)
    if (known) known.count++
    else counts.set(key, { values, count: 1 })
  }
  return [...counts.values()].map(({ values, count }) => [...values, count])
}

function* first<T>(rows: Iterable<readonly [T]>): Generator<T> {
  for (const [value] of rows) yield value
}

/** Names what was stored: a TAC by its brand or model, a deadline by the days left on the last day of the period. */
function names(cache: Reader, query: ReportQuery, period: Period): (field: Grouping, value: string | number) => string {
  const device = devicesAt(cache, query.seq)
  return (field, value) => {
    if (field === 'tac') return String(value).padStart(8, '0')
    if (field === 'clock') return clockOf(String(value), period.to)
    if (field === 'brand') return device(Number(value)).brand
    if (field === 'model') return device(Number(value)).model
    return String(value) || UNKNOWN
  }
}

/** The grouping keys of one listed IMEI. */
export function keysOfListed(
  cache: Reader,
  query: ReportQuery,
  period: Period,
): (l: ListedImei, fields: readonly Grouping[]) => Keys {
  const nameOf = names(cache, query, period)
  return (l, fields) => {
    const keys: Partial<Record<Grouping, string>> = {}
    for (const field of fields) keys[field] = nameOf(field, COMPUTED[storedOf(field)](l.imei14, l, l))
    return keys
  }
}

export function clockOf(deadline: IsoDate, today: IsoDate): Clock {
  const left = daysBetween(today, deadline)
  if (left < 0) return 'overdue'
  if (left <= 7) return '0-7'
  if (left <= 14) return '8-14'
  if (left <= 21) return '15-21'
  return left <= 30 ? '22-30' : 'over-30'
}

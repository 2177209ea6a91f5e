import type { DocData } from '../../contract/segment.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import { factsOfSorted, type StoredFact } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { UNKNOWN } from './catalogue.ts'
import { devicesAt } from './devices.ts'
import { documentData, imeisWithFacts } from './queries.ts'
import { type Period, passes, type ReportQuery } from './query.ts'
import { type Counted, type Keys, Tally } from './tally.ts'

const IMEIS_A_TURN = 10_000

/** IMEIs declared within the period: how many of them were seen in a network of the country by the sequence number. */
export async function countDeclared(
  cache: Reader,
  query: ReportQuery,
  period: Period,
  signal: AbortSignal,
): Promise<Counted> {
  const tally = new Tally(3)
  for await (const { keys, seen } of declared(cache, query, period, signal))
    if (passes(query, keys)) tally.add(keys[query.by] ?? UNKNOWN, [1, seen ? 1 : 0, seen ? 0 : 1])
  return { tally }
}

/** Phones that businesses declared within the period, and the fee they owe for them under the policy in force. */
export async function countFees(
  cache: Reader,
  query: ReportQuery,
  period: Period,
  signal: AbortSignal,
): Promise<Counted> {
  const tally = new Tally(2)
  for await (const { keys, isDevice, isPhone } of declared(cache, query, period, signal))
    if (isDevice && isPhone && keys.importer !== UNKNOWN && passes(query, keys))
      tally.add(keys[query.by] ?? UNKNOWN, [1, query.policy.feeTenge])
  return { tally }
}

/**
 * IMEIs on more than one declaration, the last of them within the period: under that one, with how many of them different importers
 * declared and how many were seen by the sequence number.
 */
export async function countDuplicates(
  cache: Reader,
  query: ReportQuery,
  period: Period,
  signal: AbortSignal,
): Promise<Counted> {
  const tally = new Tally(3)
  const ever: Period = { from: '0001-01-01', to: period.to }
  const count = (all: readonly Declared[]): void => {
    const last = all.reduce((found, one) => (one.date >= found.date ? one : found), all[0] as Declared)
    const declarations = new Set(all.map(({ keys }) => `${keys.declaration} ${keys.importer}`))
    if (declarations.size < 2 || last.date < period.from || !passes(query, last.keys)) return
    const importers = new Set(all.map(({ keys }) => keys.importer))
    tally.add(last.keys[query.by] ?? UNKNOWN, [1, importers.size > 1 ? 1 : 0, last.seen ? 1 : 0])
  }
  let same: Declared[] = []
  for await (const one of declared(cache, query, ever, signal)) {
    if (same[0] && same[0].imei14 !== one.imei14) {
      if (same.length > 1) count(same)
      same = []
    }
    same.push(one)
  }
  if (same.length > 1) count(same)
  return { tally }
}

interface Declared {
  readonly imei14: Imei14
  readonly date: IsoDate
  readonly keys: Keys
  readonly seen: boolean
  /** One of the IMEIs of each device stands for it. */
  readonly isDevice: boolean
  /** By its HS code; without one it is taken for a phone. */
  readonly isPhone: boolean
}

/** HS codes of smartphones and other cellular phones, and the one of both before 2022. */
const PHONES = /^8517\s?1[234]/

async function* declared(
  cache: Reader,
  query: ReportQuery,
  period: Period,
  signal: AbortSignal,
): AsyncGenerator<Declared> {
  const device = devicesAt(cache, query.seq)
  const documentOf = documents(cache)
  let done = 0
  const imeis = first(imeisWithFacts(cache, ['customs'], query.seq))
  for (const { imei14, facts } of factsOfSorted(cache, imeis, { seq: query.seq })) {
    const seen = facts.some((f) => f.kind === 'seen' && f.op === 'add' && (f.network ?? 'home') === 'home')
    for (const fact of facts) {
      if (fact.kind !== 'customs-declared' || fact.op !== 'add' || fact.date < period.from || fact.date > period.to)
        continue
      const data = documentOf(fact)
      const tac = Math.floor(imei14 / 1_000_000)
      const { brand, model } = device(tac)
      yield {
        imei14,
        date: fact.date,
        keys: {
          month: fact.date.slice(0, 7),
          importer: data.bin || UNKNOWN,
          brand,
          model,
          tac: String(tac).padStart(8, '0'),
          country: data.country || UNKNOWN,
          declaration: data.declaration || UNKNOWN,
        },
        seen,
        isDevice: fact.next === 0 || fact.next < imei14,
        isPhone: data.hs === undefined || PHONES.test(data.hs),
      }
    }
    done++
    if (done % IMEIS_A_TURN === 0) {
      await new Promise(setImmediate)
      signal.throwIfAborted()
    }
  }
}

/** What documents say, read once each. */
function documents(cache: Reader): (fact: StoredFact) => DocData {
  const known = new Map<string, DocData>()
  return ({ no, doc }) => {
    const key = `${no}/${doc}`
    let data = known.get(key)
    if (!data) {
      data = JSON.parse(documentData(cache, no, doc) ?? '{}') as DocData
      known.set(key, data)
    }
    return data
  }
}

function* first(rows: Iterable<readonly [Imei14]>): Generator<Imei14> {
  for (const [value] of rows) yield value
}

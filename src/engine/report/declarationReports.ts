import type { DocData } from '../../contract/segment.ts'
import type { Imei14 } from '../../domain/fact.ts'
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

interface Declared {
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

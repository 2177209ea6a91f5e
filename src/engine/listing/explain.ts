import type { z } from 'zod'
import type { zExplained } from '../../contract/engine/listing.ts'
import { businessDate, endOfBusinessDate } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate, Seq } from '../../domain/fact.ts'
import { imei14Text, parseImei } from '../../domain/imei.ts'
import { ON_NO_LIST } from '../../domain/listing.ts'
import { explainListing, listingOf } from '../../domain/policy.ts'
import { trouble } from '../../domain/problem.ts'
import { devices } from '../db/devices.ts'
import { factsOf, factsOfSorted, type StoredFact } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { DATA_OF_DOC } from '../db/listingTraits.ts'
import { cursorOf, policyAt, seqBefore } from '../db/mirror.ts'
import { siblingsOf } from '../db/siblings.ts'
import type { Desk } from '../sync/desk.ts'
import { APPEALS_OF_IMEI, ENDED_SEQ_OF_BATCH, FIRST_POLICY } from './queries.ts'

export type Explained = z.input<typeof zExplained>

/** Why an IMEI is on its list: the facts that lived at the end of a business date, and every rule of the policy of then, in order. */
export function explain(desk: Desk, imei: string, at: IsoDate | undefined): Explained {
  const parsed = parseImei(imei)
  if (!parsed.ok) throw trouble('imei-unusable', { ...parsed.details, value: imei, fault: parsed.fault })
  const { imei14 } = parsed.imei
  const cache = desk.home.cache.read
  const today = businessDate(desk.now())
  const moment = momentOf(cache, at, today)
  const policy = policyAt(cache, moment.seq)
  const facts = factsOf(cache, imei14, { seq: moment.seq })
  const siblings = siblingsOf(cache, imei14, facts)
  // before the first policy nobody was on a list, whatever is reported of that time
  const isRuled = moment.seq >= (cache.value<number | null>(FIRST_POLICY) ?? 0)
  const { listing, rules } = isRuled ? explainListing(facts, policy) : { listing: ON_NO_LIST, rules: [] }
  return {
    ...listing,
    imei,
    imei14: imei14Text(imei14),
    at: at ?? today,
    policy: isRuled ? policy.version : 0,
    rules: [...rules],
    facts: facts.map((fact) => ({
      kind: fact.kind,
      op: fact.op,
      source: fact.source,
      date: fact.date,
      batch: fact.batch,
      seq: fact.seq,
      endedSeq: cache.value<number | null>(ENDED_SEQ_OF_BATCH, fact.no) ?? null,
      data: dataOf(cache, fact),
    })),
    device: devices(cache)(imei14),
    siblings: [...factsOfSorted(cache, siblings, { seq: moment.seq })].map((s) => ({
      imei14: imei14Text(s.imei14),
      list: listingOf(s.facts, policy).list,
    })),
    appeals: appealsOf(cache, imei14),
    asOf: moment,
  }
}

/** The last event accepted by the end of that day; today and later: where the mirror stands. */
function momentOf(cache: Reader, at: IsoDate | undefined, today: IsoDate): { seq: Seq; at: string | null } {
  const cursor = cursorOf(cache)
  if (at === undefined || at >= today) return { seq: cursor.seq, at: cursor.at }
  const seq = seqBefore(cache, endOfBusinessDate(at))
  return { seq, at: cache.value<string>('SELECT at FROM moment WHERE seq = ?', seq) ?? null }
}

function dataOf(cache: Reader, fact: StoredFact): Record<string, string | number> {
  const text = cache.value<string>(DATA_OF_DOC, fact.no, fact.doc)
  const data = text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>)
  return Object.fromEntries(
    Object.entries(data).filter(
      (e): e is [string, string | number] => typeof e[1] === 'string' || typeof e[1] === 'number',
    ),
  )
}

const appealsOf = (cache: Reader, imei14: Imei14): { id: string; state: string }[] =>
  cache.query<{ id: string; state: string }>(APPEALS_OF_IMEI).all(imei14)

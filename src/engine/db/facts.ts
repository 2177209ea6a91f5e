import type { BatchKind } from '../../domain/batch.ts'
import { FACT_OF_BATCH } from '../../domain/batch.ts'
import type { Fact, FactKind, FactOp, Imei14, Network, Seq, SourceBody } from '../../domain/fact.ts'
import type { Reader } from './handle.ts'

/** A fact with its place in the mirror. */
export interface StoredFact extends Fact {
  /** The registry's number of the batch. */
  readonly no: number
  readonly doc: number
  /** Another IMEI of the same device; 0 for none. */
  readonly next: Imei14
}
export interface FactsOfImei {
  readonly imei14: Imei14
  readonly facts: readonly StoredFact[]
}

export interface LiveAt {
  /** Facts that lived at this sequence number; absent: now. */
  readonly seq?: Seq
  /** As if this batch (its number) were withdrawn. */
  readonly without?: number
}

/** What a live batch says of each of its facts. */
export interface LiveBatch {
  readonly id: string
  readonly kind: FactKind
  readonly source: SourceBody
  readonly seq: Seq
}

const LIVE_NOW = `SELECT no, id, kind, source, added_seq FROM batch WHERE added_seq IS NOT NULL AND ended_seq IS NULL`
const LIVE_AT = `SELECT no, id, kind, source, added_seq FROM batch
  WHERE added_seq <= ?1 AND (ended_seq IS NULL OR ended_seq > ?1)`
const ANY_BETWEEN = 'SELECT 1 FROM fact WHERE imei14 BETWEEN ? AND ? LIMIT 1'
export const OF_KEYS = `SELECT f.imei14, f.batch, f.doc, f.next, d.op, d.date, d.network
  FROM json_each(?) k CROSS JOIN fact f ON f.imei14 = k.value CROSS JOIN doc d ON d.batch = f.batch AND d.no = f.doc`

/** IMEIs asked of SQLite at once; measured, larger gains nothing. */
const KEYS_A_QUERY = 1000

/**
 * The live facts of many IMEIs. `keys` come ascending and distinct; every key is answered in that order, also one without a fact.
 * Facts are live that a committed batch brought and nothing ended; rows of a segment still being applied do not show.
 */
export function* factsOfSorted(cache: Reader, keys: Iterable<Imei14>, at: LiveAt = {}): Generator<FactsOfImei> {
  const live = liveBatches(cache, at)
  let block: Imei14[] = []
  for (const key of keys) {
    block.push(key)
    if (block.length < KEYS_A_QUERY) continue
    yield* factsOfBlock(cache, block, live)
    block = []
  }
  if (block.length > 0) yield* factsOfBlock(cache, block, live)
}

/** As `factsOfSorted`, handed to `take` one after the other: for millions of them. */
export function eachFacts(
  cache: Reader,
  keys: Iterable<Imei14>,
  take: (imei14: Imei14, facts: readonly StoredFact[]) => void,
): void {
  const live = liveBatches(cache, {})
  for (const block of keys instanceof Float64Array ? slices(keys) : blocks(keys)) {
    if (isKnown(cache, block)) for (const of of factsOfBlock(cache, Array.from(block), live)) take(of.imei14, of.facts)
    else for (let i = 0; i < block.length; i++) take(block[i] as number, NONE)
  }
}

function* slices(keys: Float64Array): Generator<Float64Array> {
  for (let at = 0; at < keys.length; at += KEYS_A_QUERY) yield keys.subarray(at, at + KEYS_A_QUERY)
}

function* blocks(keys: Iterable<Imei14>): Generator<Float64Array> {
  const block = new Float64Array(KEYS_A_QUERY)
  let n = 0
  for (const key of keys) {
    block[n++] = key
    if (n < KEYS_A_QUERY) continue
    yield block
    n = 0
  }
  if (n > 0) yield block.subarray(0, n)
}

/** Most blocks of a new file lie where nothing is known yet. */
const isKnown = (cache: Reader, keys: ArrayLike<Imei14>): boolean =>
  cache.value<number>(ANY_BETWEEN, keys[0] ?? 0, keys[keys.length - 1] ?? 0) !== undefined

/** The live facts of one IMEI. */
export function factsOf(cache: Reader, imei14: Imei14, at: LiveAt = {}): readonly StoredFact[] {
  return [...factsOfBlock(cache, [imei14], liveBatches(cache, at))][0]?.facts ?? []
}

/** Batches whose facts are live, by their number. */
export function liveBatches(cache: Reader, at: LiveAt): Map<number, LiveBatch> {
  type Row = [no: number, id: string, kind: BatchKind, source: SourceBody, added: Seq]
  const rows = at.seq === undefined ? cache.rows<Row>(LIVE_NOW).all() : cache.rows<Row>(LIVE_AT).all(at.seq)
  const live = new Map<number, LiveBatch>()
  for (const [no, id, kind, source, seq] of rows) {
    const fact = FACT_OF_BATCH[kind]
    if (fact !== null && no !== at.without) live.set(no, { id, kind: fact, source, seq })
  }
  return live
}

/** What a document says of the facts in it. */
type DocRow = readonly [op: FactOp, date: string, network: Network | null]

function storedFact(batch: LiveBatch, no: number, doc: number, next: Imei14, [op, date, network]: DocRow): StoredFact {
  const { kind, source, id, seq } = batch
  const fact = { kind, op, source, date, batch: id, seq, no, doc, next }
  return network === null ? fact : { ...fact, network }
}

const DOC_OF_FACT = 'SELECT op, date, network FROM doc WHERE batch = ? AND no = ?'

/** A fact of a document whatever IMEI it is about (`next` is 0). Undefined without the document: rows still being copied. */
export function factOfDoc(cache: Reader, batch: LiveBatch, no: number, doc: number): StoredFact | undefined {
  const row = cache.rows<[op: FactOp, date: string, network: Network | null]>(DOC_OF_FACT).get(no, doc)
  return row && storedFact(batch, no, doc, 0, row)
}

const NONE: readonly StoredFact[] = []

function* factsOfBlock(
  cache: Reader,
  keys: readonly Imei14[],
  live: ReadonlyMap<number, LiveBatch>,
): Generator<FactsOfImei> {
  type Row = [
    imei14: Imei14,
    batch: number,
    doc: number,
    next: Imei14,
    op: FactOp,
    date: string,
    network: Network | null,
  ]
  const rows = isKnown(cache, keys) ? cache.rows<Row>(OF_KEYS).all(JSON.stringify(keys)) : []
  let at = 0
  for (const imei14 of keys) {
    let facts: StoredFact[] | undefined
    for (let row = rows[at]; row !== undefined && row[0] === imei14; row = rows[++at]) {
      const batch = live.get(row[1])
      if (!batch) continue
      facts ??= []
      facts.push(storedFact(batch, row[1], row[2], row[3], [row[4], row[5], row[6]]))
    }
    yield { imei14, facts: facts ?? NONE }
  }
}

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

interface LiveBatch {
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

/** The live facts of one IMEI. */
export function factsOf(cache: Reader, imei14: Imei14, at: LiveAt = {}): readonly StoredFact[] {
  return [...factsOfBlock(cache, [imei14], liveBatches(cache, at))][0]?.facts ?? []
}

function liveBatches(cache: Reader, at: LiveAt): Map<number, LiveBatch> {
  type Row = [no: number, id: string, kind: BatchKind, source: SourceBody, added: Seq]
  const rows = at.seq === undefined ? cache.rows<Row>(LIVE_NOW).all() : cache.rows<Row>(LIVE_AT).all(at.seq)
  const live = new Map<number, LiveBatch>()
  for (const [no, id, kind, source, seq] of rows) {
    const fact = FACT_OF_BATCH[kind]
    if (fact !== null && no !== at.without) live.set(no, { id, kind: fact, source, seq })
  }
  return live
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
  // most blocks of a new file lie where nothing is known yet
  const known = cache.value<number>(ANY_BETWEEN, keys[0] ?? 0, keys.at(-1) ?? 0) !== undefined
  const rows = known ? cache.rows<Row>(OF_KEYS).all(JSON.stringify(keys)) : []
  let at = 0
  for (const imei14 of keys) {
    let facts: StoredFact[] | undefined
    for (let row = rows[at]; row !== undefined && row[0] === imei14; row = rows[++at]) {
      const batch = live.get(row[1])
      if (!batch) continue
      const fact = {
        kind: batch.kind,
        op: row[4],
        source: batch.source,
        date: row[5],
        batch: batch.id,
        seq: batch.seq,
        no: row[1],
        doc: row[2],
        next: row[3],
      }
      facts ??= []
      facts.push(row[6] === null ? fact : { ...fact, network: row[6] })
    }
    yield { imei14, facts: facts ?? NONE }
  }
}

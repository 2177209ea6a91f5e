import { BATCH_KINDS, type BatchKind, FACT_OF_BATCH } from '../../domain/batch.ts'
import type { FactKind, Imei14, Instant, IsoDate, Seq } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'

/** The registry's time of an event; null when there was none. */
export const momentOf = (cache: Reader, seq: Seq): Instant | null =>
  cache.value<Instant>('SELECT at FROM moment WHERE seq <= ? ORDER BY seq DESC LIMIT 1', seq) ?? null

/** What a stored listing is grouped by before it is named: a column or an expression of table `listing`. */
const STORED = {
  reason: 'reason',
  tac: 'imei14 / 1000000',
  month: 'substr(since, 1, 7)',
  deadline: "coalesce(deadline, '')",
} as const
export type StoredGrouping = keyof typeof STORED

/** Stored listings of a list that began within a period, counted. */
export const countStored = (
  cache: Reader,
  list: 'grey' | 'black',
  by: StoredGrouping,
  from: IsoDate,
  to: IsoDate,
): [string | number, number][] =>
  cache
    .rows<[string | number, number]>(
      `SELECT ${STORED[by]}, count(*) FROM listing WHERE list = ? AND since BETWEEN ? AND ? GROUP BY 1`,
    )
    .all(list, from, to)

/** IMEIs with a fact in a batch of the given kinds that lived at a sequence number, ascending. */
export function imeisWithFacts(cache: Reader, kinds: readonly BatchKind[], seq: Seq): IterableIterator<[Imei14]> {
  return cache
    .rows<[Imei14]>(
      `SELECT DISTINCT imei14 FROM fact WHERE batch IN (
         SELECT no FROM batch WHERE kind IN (SELECT value FROM json_each(?1))
         AND added_seq <= ?2 AND (ended_seq IS NULL OR ended_seq > ?2)) ORDER BY imei14`,
    )
    .iterate(JSON.stringify(kinds), seq)
}

const BLACK_FACTS: readonly FactKind[] = [
  'stolen',
  'counterfeit',
  'gsma-listed',
  'clone',
  'not-verified-in-time',
  'illegal-import',
]
const kindsBringing = (facts: readonly FactKind[]): BatchKind[] =>
  BATCH_KINDS.filter((kind) => facts.some((fact) => fact === FACT_OF_BATCH[kind]))

/** Kinds of batch without whose facts no IMEI is on the list. */
export const KINDS_OF_LIST: Readonly<Record<'grey' | 'black', readonly BatchKind[]>> = {
  grey: kindsBringing(['seen']),
  black: kindsBringing(BLACK_FACTS),
}

/** Brand and model of every TAC known at a sequence number; of several reports the latest holds. */
export function devicesAt(cache: Reader, seq: Seq): Map<number, { readonly brand: string; readonly model: string }> {
  const devices = new Map<number, { brand: string; model: string }>()
  const rows = cache.rows<[number, string, string]>(
    `SELECT t.tac, t.brand, t.model FROM tac t JOIN batch b ON b.no = t.batch
     WHERE b.added_seq <= ?1 AND (b.ended_seq IS NULL OR b.ended_seq > ?1) ORDER BY t.batch`,
  )
  for (const [tac, brand, model] of rows.iterate(seq)) devices.set(tac, { brand, model })
  return devices
}

export interface MoveRow {
  readonly kind: BatchKind
  readonly at: Instant
  readonly effect: string
}

/** Effects of what was committed up to a sequence number, and of what was undone up to it. */
export const movesUntil = (cache: Reader, seq: Seq): MoveRow[] => [
  ...cache
    .query<MoveRow>(
      `SELECT b.kind, m.at, b.effect FROM batch b JOIN moment m ON m.seq = b.added_seq WHERE b.added_seq <= ?`,
    )
    .all(seq),
  ...cache
    .query<MoveRow>(
      `SELECT b.kind, m.at, json_extract(b.undo, '$.effect') AS effect FROM batch b JOIN moment m ON m.seq = b.ended_seq
       WHERE b.state = 'undone' AND b.ended_seq <= ? AND json_extract(b.undo, '$.effect') IS NOT NULL`,
    )
    .all(seq),
]

/** Whole appeals as JSON, those that had come in by a sequence number. */
export const appealDocs = (cache: Reader, seq: Seq): IterableIterator<[string]> =>
  cache.rows<[string]>('SELECT doc FROM appeal WHERE received_seq <= ? ORDER BY id').iterate(seq)

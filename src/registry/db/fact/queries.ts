import { type BatchKind, FACT_OF_BATCH } from '../../../domain/batch.ts'
import type { Fact, FactOp, Imei14, IsoDate, Network, Seq, SourceBody } from '../../../domain/fact.ts'
import type { Listing } from '../../../domain/listing.ts'
import { copyIn } from '../copyIn.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

/** A fact with the number of its batch and the next IMEI of its device. */
export interface StoredFact extends Fact {
  readonly no: number
  readonly next: Imei14
}

/** What a live batch says of all its facts. */
export interface LiveBatch {
  readonly no: number
  readonly id: string
  readonly kind: BatchKind
  readonly source: SourceBody
  readonly seq: Seq
}

/** Batches whose facts count now. */
export const liveBatches = (db: Sql): Promise<LiveBatch[]> =>
  db.all<LiveBatch>("SELECT no, id, kind, source, added_seq AS seq FROM batch WHERE state = 'committed' ORDER BY no")

/** The fact a document of a batch gives. Batches without facts (TAC table, crossings) have none. */
export function factOf(
  batch: { id: string; kind: BatchKind; source: SourceBody; seq: Seq },
  doc: { op: FactOp; date: IsoDate; network: Network | null },
): Fact {
  const kind = FACT_OF_BATCH[batch.kind]
  if (!kind) throw new Error(`batches of kind ${batch.kind} bring no facts`)
  const fact = { kind, op: doc.op, source: batch.source, date: doc.date, batch: batch.id, seq: batch.seq }
  return doc.network ? { ...fact, network: doc.network } : fact
}

/**
 * Takes the writer's row: from here to the commit nobody else changes facts or listings.
 * Order of locks everywhere: command, appeal, writer, counter.
 */
export async function holdFacts(tx: Tx): Promise<void> {
  await tx.one('SELECT 1 AS held FROM facts_writer FOR UPDATE')
}

/** Next number of a batch, of an act; the writer's row must be held. */
export async function nextNumber(tx: Tx, of: 'last_batch' | 'last_act'): Promise<number> {
  const row = await tx.one<{ no: number }>(`UPDATE facts_writer SET ${of} = ${of} + 1 RETURNING ${of} AS no`)
  if (!row) throw new Error('the registry has no writer row')
  return row.no
}

const TOUCHED = 'touched'
const MOVED = 'moved'
const MOVED_COLUMNS = [
  'imei14',
  'from_list',
  'from_reason',
  'from_since',
  'from_deadline',
  'to_list',
  'to_reason',
  'to_since',
  'to_deadline',
]

/** Empties the work tables of this transaction: IMEIs an act touches, listings it moves. */
export async function startTouching(tx: Tx): Promise<void> {
  await tx.run(`CREATE TEMPORARY TABLE IF NOT EXISTS ${TOUCHED} (imei14 bigint NOT NULL) ON COMMIT DROP`)
  await tx.run(
    `CREATE TEMPORARY TABLE IF NOT EXISTS ${MOVED} (imei14 bigint NOT NULL, from_list text, from_reason text, from_since date, from_deadline date,
       to_list text, to_reason text, to_since date, to_deadline date) ON COMMIT DROP`,
  )
  await tx.run(`TRUNCATE ${TOUCHED}, ${MOVED}`)
}

/** Adds ascending IMEIs to those touched. */
export const touch = (tx: Tx, imeis: Iterable<Imei14>): Promise<void> =>
  copyIn(
    tx,
    TOUCHED,
    ['imei14'],
    (function* () {
      for (const imei14 of imeis) yield [imei14]
    })(),
  )

/** Adds the IMEIs of batches to those touched, each once. */
export const touchBatches = (tx: Tx, batches: readonly number[]): Promise<number> =>
  tx.run(
    `INSERT INTO ${TOUCHED} SELECT DISTINCT f.imei14 FROM fact f WHERE f.batch = ANY($1)
       AND NOT EXISTS (SELECT FROM ${TOUCHED} t WHERE t.imei14 = f.imei14)`,
    [batches],
  )

/** A live fact of a touched IMEI: IMEI, batch, doc, op, date, network. */
export type TouchedFact = readonly [Imei14, number, number, FactOp, IsoDate, Network | null]

export const TOUCHED_FACTS = `SELECT f.imei14, f.batch, f.doc, d.op, d.date, d.network
   FROM ${TOUCHED} t JOIN fact f ON f.imei14 = t.imei14
   JOIN batch b ON b.no = f.batch AND b.state = 'committed'
   JOIN doc d ON d.batch = f.batch AND d.no = f.doc ORDER BY f.imei14`

const FETCH = 5000

/** The live facts of all touched IMEIs in order of IMEI, some thousands at a time. */
export async function* touchedFacts(tx: Tx): AsyncGenerator<TouchedFact[]> {
  await tx.run(`ANALYZE ${TOUCHED}`)
  await tx.run('SET LOCAL cursor_tuple_fraction = 1')
  await tx.run(`DECLARE touched_facts NO SCROLL CURSOR FOR ${TOUCHED_FACTS}`)
  for (;;) {
    const { rows } = await tx.client.query<TouchedFact & unknown[]>({
      text: `FETCH FORWARD ${FETCH} FROM touched_facts`,
      rowMode: 'array',
    })
    if (rows.length > 0) yield rows as unknown as TouchedFact[]
    if (rows.length < FETCH) break
  }
  await tx.run('CLOSE touched_facts')
}

/** A listing that changes. */
export interface Move {
  readonly imei14: Imei14
  readonly before: Listing
  readonly after: Listing
}

/** Notes moves for `applyMoves`. */
export const noteMoves = (tx: Tx, moves: readonly Move[]): Promise<void> =>
  copyIn(
    tx,
    MOVED,
    MOVED_COLUMNS,
    (function* () {
      for (const { imei14, before: b, after: a } of moves)
        yield [imei14, b.list, b.reason, b.since, b.deadline, a.list, a.reason, a.since, a.deadline]
    })(),
  )

/** Changes the stored listings as noted and writes down what changed under the act. */
export async function applyMoves(tx: Tx, act: number): Promise<void> {
  await tx.run('INSERT INTO act (no) VALUES ($1)', [act])
  await tx.run(`DELETE FROM listing l USING ${MOVED} m WHERE l.imei14 = m.imei14 AND m.from_list IN ('grey', 'black')`)
  await tx.run(
    `INSERT INTO listing (imei14, list, reason, since, deadline)
     SELECT imei14, to_list, to_reason, to_since, to_deadline FROM ${MOVED} WHERE to_list IN ('grey', 'black')`,
  )
  await tx.run(
    `INSERT INTO listing_change (act, ${MOVED_COLUMNS.join(', ')}) SELECT $1::bigint, ${MOVED_COLUMNS.join(', ')} FROM ${MOVED}`,
    [act],
  )
}

/** Gives an act its number once it has one. */
export const numberAct = (tx: Tx, act: number, seq: Seq): Promise<number> =>
  tx.run('UPDATE act SET seq = $2 WHERE no = $1', [act, seq])

interface FactRow {
  readonly imei14: Imei14
  readonly no: number
  readonly next: Imei14
  readonly id: string
  readonly kind: BatchKind
  readonly source: SourceBody
  readonly seq: Seq
  readonly op: FactOp
  readonly date: IsoDate
  readonly network: Network | null
}

export const FACTS_OF = `SELECT f.imei14, f.batch AS no, f.next, b.id, b.kind, b.source, b.added_seq AS seq, d.op, d.date, d.network
   FROM fact f JOIN batch b ON b.no = f.batch AND b.state = 'committed'
   JOIN doc d ON d.batch = f.batch AND d.no = f.doc WHERE f.imei14 = ANY($1)`

/** The live facts of a few IMEIs. */
export async function factsOf(db: Sql, imeis: readonly Imei14[]): Promise<Map<Imei14, StoredFact[]>> {
  const found = new Map<Imei14, StoredFact[]>(imeis.map((imei14) => [imei14, []]))
  for (const r of await db.all<FactRow>(FACTS_OF, [imeis]))
    found.get(r.imei14)?.push({ ...factOf(r, r), no: r.no, next: r.next })
  return found
}

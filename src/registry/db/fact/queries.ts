import { type BatchKind, FACT_OF_BATCH } from '../../../domain/batch.ts'
import type { Fact, FactOp, Imei14, IsoDate, Network, Seq, SourceBody } from '../../../domain/fact.ts'
import type { FigureChange } from '../../../domain/figureTally.ts'
import type { Listing } from '../../../domain/listing.ts'
import type { Policy } from '../../../domain/policy.ts'
import { copyIn } from '../copyIn.ts'
import type { Prepared, Sql } from '../pool.ts'
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

/** The same of batches by number, live or not. */
export const batchesByNumber = (db: Sql, numbers: readonly number[]): Promise<LiveBatch[]> =>
  db.all<LiveBatch>('SELECT no, id, kind, source, added_seq AS seq FROM batch WHERE no = ANY($1) ORDER BY no', [
    numbers,
  ])

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

/** Empties the work tables of this transaction: listings an act moves, and what that changes in the figures. */
export async function startMoving(tx: Tx): Promise<void> {
  await tx.run(
    `CREATE TEMPORARY TABLE IF NOT EXISTS ${MOVED} (imei14 bigint NOT NULL, from_list text, from_reason text, from_since date, from_deadline date,
       to_list text, to_reason text, to_since date, to_deadline date) ON COMMIT DROP`,
  )
  await tx.run(
    `CREATE TEMPORARY TABLE IF NOT EXISTS ${FIGURED} (list text, reason text, since date, deadline date, change bigint) ON COMMIT DROP`,
  )
  await tx.run(`TRUNCATE ${MOVED}, ${FIGURED}`)
}

const FIGURED = 'figured'
const FIGURE_COLUMNS = 'list, reason, since, deadline, change'

/** Notes for `applyMoves` what the act adds to the figures of the lists, white among them, and takes away. */
export const noteFigures = (tx: Tx, changes: readonly FigureChange[]): Promise<void> =>
  copyIn(
    tx,
    FIGURED,
    FIGURE_COLUMNS.split(', '),
    changes.map(({ listing: l, change }) => [l.list, l.reason, l.since, l.deadline, change]),
  )

export const IMEIS_OF_BATCHES = 'SELECT DISTINCT imei14 FROM fact WHERE batch = ANY($1) ORDER BY imei14'
const FETCH = 20_000

/** The IMEIs of batches, each once, ascending. */
export async function imeisOfBatches(tx: Tx, batches: readonly number[]): Promise<Float64Array> {
  const parts: number[][] = []
  // all rows are wanted, so the plan that gives the first ones soonest is the wrong one
  await tx.run('SET LOCAL cursor_tuple_fraction = 1')
  await tx.run(`DECLARE imeis NO SCROLL CURSOR FOR ${IMEIS_OF_BATCHES}`, [batches])
  for (;;) {
    const { rows } = await tx.client.query({ text: `FETCH FORWARD ${FETCH} FROM imeis`, rowMode: 'array' })
    parts.push((rows as unknown as [number][]).map(([imei14]) => imei14))
    if (rows.length < FETCH) break
  }
  await tx.run('CLOSE imeis')
  return Float64Array.from(parts.flat())
}

/** A fact as stored, live or not. */
export type FactRow = readonly [imei14: Imei14, batch: number, doc: number]
export const FACT_ROWS = 'SELECT imei14, batch, doc FROM fact WHERE imei14 = ANY($1) ORDER BY imei14'

/** The facts of some thousand IMEIs, in order of IMEI. */
export async function factRows(tx: Tx, imeis: readonly Imei14[]): Promise<FactRow[]> {
  const { rows } = await tx.client.query({ text: FACT_ROWS, values: [imeis], rowMode: 'array' })
  return rows as unknown as FactRow[]
}

export const FACTS_BESIDE = `SELECT f.imei14, f.batch, f.doc FROM (SELECT DISTINCT imei14 FROM fact WHERE batch = ANY($1)) own
   JOIN fact f ON f.imei14 = own.imei14 ORDER BY f.imei14`

/** All facts of the IMEIs of batches, in order of IMEI, some thousand at a time; those of an IMEI come together. */
export async function* factsBeside(tx: Tx, batches: readonly number[]): AsyncGenerator<FactRow[]> {
  // all rows are wanted, so the plan that gives the first ones soonest is the wrong one
  await tx.run('SET LOCAL cursor_tuple_fraction = 1')
  await tx.run(`DECLARE beside NO SCROLL CURSOR FOR ${FACTS_BESIDE}`, [batches])
  const fetch = async (): Promise<FactRow[]> => {
    const { rows } = await tx.client.query({ text: `FETCH FORWARD ${FETCH} FROM beside`, rowMode: 'array' })
    return rows as unknown as FactRow[]
  }
  const ahead = (): Promise<FactRow[]> => {
    const rows = fetch()
    // heard when its turn comes
    rows.catch(() => undefined)
    return rows
  }
  let begun: FactRow[] = []
  let coming = ahead()
  for (;;) {
    const rows = await coming
    const more = rows.length === FETCH
    // the database gathers the next ones while these are looked at
    if (more) coming = ahead()
    const all = begun.length > 0 ? [...begun, ...rows] : rows
    let whole = all.length
    if (more) while (whole > 0 && all[whole - 1]?.[0] === all.at(-1)?.[0]) whole--
    begun = all.slice(whole)
    yield whole === all.length ? all : all.slice(0, whole)
    if (!more) break
  }
  await tx.run('CLOSE beside')
}

/** What documents say, by batch and number. */
export interface StoredDoc {
  readonly batch: number
  readonly no: number
  readonly op: FactOp
  readonly date: IsoDate
  readonly network: Network | null
}
export const DOCS = `SELECT d.batch, d.no, d.op, d.date, d.network
   FROM unnest($1::bigint[], $2::bigint[]) AS w(batch, no) JOIN doc d ON d.batch = w.batch AND d.no = w.no`

export const docsOf = (tx: Tx, wanted: readonly { batch: number; no: number }[]): Promise<StoredDoc[]> =>
  tx.all<StoredDoc>(DOCS, [wanted.map((w) => w.batch), wanted.map((w) => w.no)])

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

/** Changes the stored listings as noted and writes down under the act what changed, and what that adds to the figures. */
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
  await tx.run(
    `INSERT INTO listing_figure (act, ${FIGURE_COLUMNS}) SELECT $1::bigint, ${FIGURE_COLUMNS} FROM ${FIGURED}`,
    [act],
  )
}

/** Gives an act its number once it has one. */
export const numberAct = (tx: Tx, act: number, seq: Seq): Promise<number> =>
  tx.run('UPDATE act SET seq = $2 WHERE no = $1', [act, seq])

/** The event with which an act of several events is whole. */
export const endAct = (tx: Tx, act: number, seq: Seq): Promise<number> =>
  tx.run('UPDATE act SET last_seq = $2 WHERE no = $1', [act, seq])

/** Whether an event is told in the middle of an act: listings are then between two states. */
export const isBetween = async (db: Sql, seq: Seq): Promise<boolean> =>
  (await db.one('SELECT 1 AS between FROM act WHERE last_seq > $1 AND seq <= $1 LIMIT 1', [seq])) !== null

interface JoinedFact {
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

/**
 * What the public question about some IMEIs needs, in one statement and so of one moment: a first row with the number of the last event and
 * the policy in force, then the facts.
 */
export const CHECK_OF = `SELECT c.seq AS head, p.doc AS policy, null::bigint AS imei14, null::bigint AS no, null::bigint AS next, null::uuid AS id,
     null::text AS kind, null::text AS source, null::bigint AS seq, null::text AS op, null::date AS date, null::text AS network
   FROM counter c CROSS JOIN (SELECT doc FROM policy ORDER BY version DESC LIMIT 1) p
   UNION ALL SELECT null, null, f.* FROM (${FACTS_OF}) f`

/** What is known of some IMEIs at one moment. */
export interface Checked {
  /** Number of the last event. */
  readonly head: Seq
  readonly policy: Policy
  readonly facts: ReadonlyMap<Imei14, readonly StoredFact[]>
}

/** The live facts of some IMEIs, the policy in force and the number of the last event. */
export async function factsToCheck(db: Prepared, imeis: readonly Imei14[]): Promise<Checked> {
  type Row = { head: Seq; policy: Policy } | ({ head: null } & JoinedFact)
  let moment: { head: Seq; policy: Policy } | undefined
  const facts = new Map<Imei14, StoredFact[]>(imeis.map((imei14) => [imei14, []]))
  for (const r of await db.prepared<Row>('check', CHECK_OF, [imeis]))
    if (r.head === null) facts.get(r.imei14)?.push({ ...factOf(r, r), no: r.no, next: r.next })
    else moment = { head: r.head, policy: r.policy }
  if (!moment) throw new Error('the registry has no counter or no policy')
  return { ...moment, facts }
}

/** The live facts of a few IMEIs. */
export async function factsOf(db: Sql, imeis: readonly Imei14[]): Promise<Map<Imei14, StoredFact[]>> {
  const found = new Map<Imei14, StoredFact[]>(imeis.map((imei14) => [imei14, []]))
  for (const r of await db.all<JoinedFact>(FACTS_OF, [imeis]))
    found.get(r.imei14)?.push({ ...factOf(r, r), no: r.no, next: r.next })
  return found
}

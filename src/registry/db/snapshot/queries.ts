import type { Instant, Seq } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

export interface StoredSnapshot {
  readonly seq: Seq
  readonly epoch: string
  readonly manifest: string
  readonly format: number
  readonly bytes: number
  readonly rows: number
  readonly blobs: readonly string[]
  readonly builtAt: Instant
}

const SNAPSHOT = 'SELECT seq, epoch, manifest, format, bytes, rows, blobs, built_at AS "builtAt" FROM snapshot'

/** The newest snapshot of an epoch; null when there is none. */
export const newestSnapshot = (db: Sql, epoch: string): Promise<StoredSnapshot | null> =>
  db.one<StoredSnapshot>(`${SNAPSHOT} WHERE epoch = $1 AND dropped_at IS NULL ORDER BY seq DESC LIMIT 1`, [epoch])

/** The newest snapshot of this database's past, of whatever epoch. */
export const lastSnapshot = (db: Sql): Promise<StoredSnapshot | null> =>
  db.one<StoredSnapshot>(`${SNAPSHOT} WHERE dropped_at IS NULL ORDER BY seq DESC, built_at DESC LIMIT 1`)

export const addSnapshot = (tx: Tx, s: StoredSnapshot): Promise<number> =>
  tx.run(
    `INSERT INTO snapshot (seq, epoch, manifest, format, bytes, rows, blobs, built_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (epoch, seq) DO UPDATE SET manifest = excluded.manifest, bytes = excluded.bytes, rows = excluded.rows,
       blobs = excluded.blobs, built_at = excluded.built_at, dropped_at = NULL`,
    [s.seq, s.epoch, s.manifest, s.format, s.bytes, s.rows, s.blobs, s.builtAt],
  )

/** Snapshots a newer one has taken the place of are dropped: nobody begins with them any more. */
export const dropOlder = (tx: Tx, epoch: string, seq: Seq, at: Instant): Promise<number> =>
  tx.run('UPDATE snapshot SET dropped_at = $3 WHERE dropped_at IS NULL AND (epoch <> $1 OR seq < $2)', [epoch, seq, at])

/** Forgets snapshots dropped before an instant; answers the blobs they named. */
export async function forgetDropped(tx: Tx, before: Instant): Promise<string[]> {
  const rows = await tx.all<{ manifest: string; blobs: string[] }>(
    'DELETE FROM snapshot WHERE dropped_at < $1 RETURNING manifest, blobs',
    [before],
  )
  return rows.flatMap((row) => [row.manifest, ...row.blobs])
}

/** Of the given blobs those that a snapshot, an appeal or a batch still names. */
export async function blobsInUse(tx: Tx, names: readonly string[]): Promise<Set<string>> {
  const rows = await tx.all<{ sha256: string }>(
    `SELECT n.sha256 FROM unnest($1::text[]) AS n(sha256)
     WHERE EXISTS (SELECT FROM snapshot s WHERE s.manifest = n.sha256 OR n.sha256 = ANY(s.blobs))
        OR EXISTS (SELECT FROM evidence e WHERE e.sha256 = n.sha256)
        OR EXISTS (SELECT FROM batch b WHERE NOT b.segments_collected
             AND b.segments @> jsonb_build_array(jsonb_build_object('sha256', n.sha256)))`,
    [names],
  )
  return new Set(rows.map((row) => row.sha256))
}

/** Takes the turn of building and collecting until an instant; false when another process has it. */
export const takeTurn = async (db: Sql, holder: string, until: Instant, now: Instant): Promise<boolean> =>
  (await db.run('UPDATE snapshot_turn SET holder = $1, until = $2 WHERE until < $3 OR holder = $1', [
    holder,
    until,
    now,
  ])) === 1

export const giveTurnBack = (db: Sql, holder: string): Promise<number> =>
  db.run("UPDATE snapshot_turn SET until = '-infinity' WHERE holder = $1", [holder])

/** What came since an event: rows of batches and events, to judge whether a new snapshot is worth its while. */
export async function growthSince(db: Sql, seq: Seq): Promise<{ rows: number; events: number }> {
  const found = await db.one<{ rows: number; events: number }>(
    `SELECT coalesce((SELECT sum((s->>'rows')::bigint) FROM batch b, jsonb_array_elements(b.segments) s
       WHERE b.added_seq > $1), 0)::bigint AS rows, (SELECT count(*) FROM event WHERE seq > $1) AS events`,
    [seq],
  )
  return found ?? { rows: 0, events: 0 }
}

/** Numbers of batches of more rows than `limit`. */
export const largeBatches = async (db: Sql, limit: number): Promise<number[]> =>
  (
    await db.all<{ no: number }>(
      `SELECT no FROM batch b WHERE added_seq IS NOT NULL
         AND (SELECT sum((s->>'rows')::bigint) FROM jsonb_array_elements(b.segments) s) > $1 ORDER BY no`,
      [limit],
    )
  ).map((row) => row.no)

/** IMEIs whose facts came after an event, ascending, each once. */
export const IMEIS_SINCE = `SELECT DISTINCT imei14 FROM fact
  WHERE batch = ANY(ARRAY(SELECT no FROM batch WHERE added_seq > $1)) ORDER BY imei14`
export const LISTED_SINCE = `SELECT DISTINCT c.imei14 FROM act a JOIN listing_change c ON c.act = a.no WHERE a.seq > $1 ORDER BY c.imei14`

/** Rows of a part as COPY gives them: in order of their place, which are the first two columns. */
export const PART_ROWS = {
  fact: `SELECT f.imei14, f.batch, f.doc, f.next FROM fact f JOIN batch b ON b.no = f.batch
    WHERE f.imei14 BETWEEN $1 AND $2 AND b.added_seq IS NOT NULL ORDER BY f.imei14, f.batch`,
  listing: `SELECT imei14, 0, list, reason, since, deadline FROM listing WHERE imei14 BETWEEN $1 AND $2 ORDER BY imei14`,
  doc: `SELECT b.added_seq, d.no, d.batch, d.op, d.date, d.network, d.data FROM batch b JOIN doc d ON d.batch = b.no
    WHERE b.added_seq IS NOT NULL AND (b.added_seq, d.no) > ($1, $2) ORDER BY b.added_seq, d.no`,
  tac: `SELECT b.added_seq, t.tac, t.batch, t.brand, t.model, t.data FROM batch b JOIN tac t ON t.batch = b.no
    WHERE b.added_seq IS NOT NULL AND (b.added_seq, t.tac) > ($1, $2) ORDER BY b.added_seq, t.tac`,
  crossing: `SELECT b.added_seq, c.no, c.batch, c.person, c.date, c.direction, c.document, c.point
    FROM batch b JOIN crossing c ON c.batch = b.no
    WHERE b.added_seq IS NOT NULL AND (b.added_seq, c.no) > ($1, $2) ORDER BY b.added_seq, c.no`,
  event: `SELECT seq, 0, type, at, doc::text FROM event WHERE (seq, 0) > ($1, $2) ORDER BY seq`,
} as const

/** First event the feed still has. */
export const oldestEvent = async (db: Sql): Promise<Seq> =>
  (await db.one<{ oldest: Seq }>('SELECT oldest FROM counter'))?.oldest ?? 1

/** Takes events up to `seq` that were told before an instant out of the feed; answers the first one that stays. */
export async function collectEvents(tx: Tx, upTo: Seq, before: Instant): Promise<Seq> {
  const last = await tx.one<{ seq: Seq | null }>('SELECT max(seq) AS seq FROM event WHERE seq <= $1 AND at < $2', [
    upTo,
    before,
  ])
  if (last?.seq === null || last?.seq === undefined) return oldestEvent(tx)
  await tx.run("SET LOCAL tamga.collecting = 'events'")
  await tx.run('DELETE FROM event WHERE seq <= $1', [last.seq])
  await tx.run('UPDATE counter SET oldest = $1', [last.seq + 1])
  return last.seq + 1
}

/** Marks batches whose event left the feed; answers the names of their segments. Those that may be read again stay. */
export async function collectBatches(tx: Tx, oldest: Seq): Promise<string[]> {
  const rows = await tx.all<{ segments: { sha256: string }[] }>(
    `UPDATE batch SET segments_collected = true
     WHERE NOT segments_collected AND added_seq < $1 AND state <> 'awaiting-signature' RETURNING segments`,
    [oldest],
  )
  return rows.flatMap((row) => row.segments.map((s) => s.sha256))
}

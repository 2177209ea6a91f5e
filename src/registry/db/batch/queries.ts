import type { BatchHead, SegmentRef } from '../../../contract/registry.ts'
import type { BatchKind } from '../../../domain/batch.ts'
import type { Effect } from '../../../domain/effect.ts'
import type { Instant, Seq, SourceBody } from '../../../domain/fact.ts'
import { copyIn } from '../copyIn.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

export interface StoredBatch {
  readonly no: number
  readonly id: string
  readonly kind: BatchKind
  readonly source: SourceBody
  readonly head: BatchHead
  readonly segments: readonly SegmentRef[]
  readonly effect: Effect
  /** Moves into and out of black when it was last judged (ReviewedMoves). */
  readonly reviewed: string
  readonly madeBy: string
  readonly desk: string
  readonly command: string
  readonly signedBy: readonly string[]
  readonly state: 'awaiting-signature' | 'committed' | 'undone' | 'withdrawn' | 'replaced'
  /** Set while an undo waits for its second signature, and when it was done. */
  readonly undoReason: string | null
  readonly undoBy: string | null
  readonly undoEffect: Effect | null
  readonly undoReviewed: string | null
}

const BATCH = `SELECT no, id, kind, source, head, segments, effect, reviewed, made_by AS "madeBy", desk, command,
  signed_by AS "signedBy", state, undo_reason AS "undoReason", undo_by AS "undoBy", undo_effect AS "undoEffect",
  undo_reviewed AS "undoReviewed" FROM batch`

/** A batch by its id, held against other acts on it. */
export const batchForUpdate = (tx: Tx, id: string): Promise<StoredBatch | null> =>
  tx.one<StoredBatch>(`${BATCH} WHERE id = $1 FOR UPDATE`, [id])

/**
 * The expression is that of the index `batch_decision`. Ordered by `no` itself, PostgreSQL would go through all batches from the last
 * one on, taking the appeal's for near.
 */
export const DECISION_OF_APPEAL = `${BATCH}
  WHERE kind = 'decision' AND head ->> 'letter' = $1 AND state = 'committed' ORDER BY no + 0 DESC LIMIT 1 FOR UPDATE`
/** The batch by which an approval counts, held; null when none does. */
export const decisionOf = (tx: Tx, appeal: string): Promise<StoredBatch | null> =>
  tx.one<StoredBatch>(DECISION_OF_APPEAL, [appeal])

/** The appeal whose approval a batch is; null for every other batch. */
export const appealOfBatch = async (tx: Tx, id: string): Promise<string | null> =>
  (
    await tx.one<{ letter: string }>(
      "SELECT head ->> 'letter' AS letter FROM batch WHERE id = $1 AND kind = 'decision'",
      [id],
    )
  )?.letter ?? null

/** A batch of this content that counts or waits for its signature. */
export const batchOfContent = (db: Sql, content: string): Promise<{ id: string; state: string } | null> =>
  db.one(
    "SELECT id, state FROM batch WHERE content = $1 AND state IN ('committed', 'awaiting-signature') ORDER BY no LIMIT 1",
    [content],
  )

/** Numbers of the live batches of a kind and source, which a full list replaces. */
export const liveOfSource = async (db: Sql, kind: BatchKind, source: SourceBody): Promise<number[]> =>
  (
    await db.all<{ no: number }>(
      "SELECT no FROM batch WHERE kind = $1 AND source = $2 AND state = 'committed' ORDER BY no",
      [kind, source],
    )
  ).map((row) => row.no)

export const addBatch = (
  tx: Tx,
  b: Omit<StoredBatch, 'undoReason' | 'undoBy' | 'undoEffect' | 'undoReviewed'> & { acceptedAt: Instant },
): Promise<number> =>
  tx.run(
    `INSERT INTO batch (no, id, kind, source, content, head, segments, effect, reviewed, made_by, desk, command, signed_by, state, accepted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      b.no,
      b.id,
      b.kind,
      b.source,
      b.head.content,
      JSON.stringify(b.head),
      JSON.stringify(b.segments),
      JSON.stringify(b.effect),
      b.reviewed,
      b.madeBy,
      b.desk,
      b.command,
      b.signedBy,
      b.state,
      b.acceptedAt,
    ],
  )

/** The batch got its second signature: it counts from now. */
export const commitProposed = (tx: Tx, no: number, effect: Effect, signedBy: readonly string[]): Promise<number> =>
  tx.run("UPDATE batch SET state = 'committed', effect = $2, signed_by = $3 WHERE no = $1", [
    no,
    JSON.stringify(effect),
    signedBy,
  ])

/** It was sent back or taken back before it counted. */
export const withdrawBatch = (tx: Tx, no: number, at: Instant): Promise<number> =>
  tx.run("UPDATE batch SET state = 'withdrawn', ended_at = $2 WHERE no = $1", [no, at])

/** Facts count from this event on. */
export const numberBatch = (tx: Tx, no: number, seq: Seq): Promise<number> =>
  tx.run('UPDATE batch SET added_seq = $2 WHERE no = $1', [no, seq])

/** The batch's facts no longer count. Nothing is deleted. */
export const endBatch = (tx: Tx, no: number, at: Instant): Promise<number> =>
  tx.run("UPDATE batch SET state = 'undone', ended_at = $2 WHERE no = $1", [no, at])

/** A full list takes the place of these batches. */
export const replaceBatches = (tx: Tx, numbers: readonly number[], by: number, at: Instant): Promise<number> =>
  tx.run("UPDATE batch SET state = 'replaced', replaced_by = $2, ended_at = $3 WHERE no = ANY($1)", [numbers, by, at])

/** The batches whose place a full list took. */
export const replacedBy = (db: Sql, no: number): Promise<StoredBatch[]> =>
  db.all<StoredBatch>(`${BATCH} WHERE replaced_by = $1 AND state = 'replaced' ORDER BY no`, [no])

export const numberEnd = (tx: Tx, numbers: readonly number[], seq: Seq): Promise<number> =>
  tx.run('UPDATE batch SET ended_seq = $2 WHERE no = ANY($1)', [numbers, seq])

/** An undo waits for its second signature; null clears it. */
export const proposeUndo = (
  tx: Tx,
  no: number,
  undo: { reason: string; by: string; effect: Effect; reviewed: string } | null,
): Promise<number> =>
  tx.run('UPDATE batch SET undo_reason = $2, undo_by = $3, undo_effect = $4, undo_reviewed = $5 WHERE no = $1', [
    no,
    undo?.reason ?? null,
    undo?.by ?? null,
    undo ? JSON.stringify(undo.effect) : null,
    undo?.reviewed ?? null,
  ])

/** Rows a batch brings, ready to be written. */
export interface RowsToAdd {
  readonly docs: Iterable<readonly [no: number, op: string, date: string, network: string | null, data: string]>
  /** IMEI, document, next; ascending. */
  readonly facts: Iterable<readonly [number, number, number]>
  readonly tacs: Iterable<readonly [tac: number, brand: string, model: string, data: string]>
  readonly crossings: Iterable<readonly [number, string, string, string, string, string]>
}

/** Writes the rows of a batch with COPY. */
export async function addRows(tx: Tx, batch: number, rows: RowsToAdd): Promise<void> {
  const numbered = function* <T extends readonly (string | number | null)[]>(list: Iterable<T>) {
    for (const row of list) yield [batch, ...row]
  }
  await copyIn(tx, 'doc', ['batch', 'no', 'op', 'date', 'network', 'data'], numbered(rows.docs))
  await copyIn(tx, 'fact', ['batch', 'imei14', 'doc', 'next'], numbered(rows.facts))
  await copyIn(tx, 'tac', ['batch', 'tac', 'brand', 'model', 'data'], numbered(rows.tacs))
  await copyIn(
    tx,
    'crossing',
    ['batch', 'no', 'person', 'date', 'direction', 'document', 'point'],
    numbered(rows.crossings),
  )
}

/** All rows of a batch, by what they are. */
export const ROWS_OF_BATCH = {
  facts: 'SELECT imei14, doc, next FROM fact WHERE batch = $1 ORDER BY imei14',
  docs: 'SELECT no, op, date, network, data FROM doc WHERE batch = $1 ORDER BY no',
  tacs: 'SELECT tac, brand, model, data FROM tac WHERE batch = $1 ORDER BY tac',
  crossings: 'SELECT no, person, date, direction, document, point FROM crossing WHERE batch = $1 ORDER BY no',
} as const

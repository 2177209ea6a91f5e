import type { EventDoc } from '../../contract/registry.ts'
import { FACT_OF_BATCH } from '../../domain/batch.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'

interface At {
  readonly seq: Seq
  readonly at: Instant
}

/** A batch that waits for its second signature; comes again when its effect was computed anew. */
export function applyProposed(tx: Writer, { seq, at }: At, e: EventDoc<'batch-proposed'>): void {
  upsert(tx, e, { seq, at, state: 'proposed', added: null, signedBy: [] })
}

/** From this event on the batch's facts count, and those of the lists it replaces do not. */
export function applyCommitted(tx: Writer, { seq, at }: At, e: EventDoc<'batch-committed'>): void {
  upsert(tx, e, { seq, at, state: 'committed', added: seq, signedBy: e.signedBy })
  if (FACT_OF_BATCH[e.head.kind] !== null) relist(tx, seq, e.no)
  for (const no of e.replaces) end(tx, seq, no, 'replaced')
}

function upsert(
  tx: Writer,
  e: EventDoc<'batch-proposed'>,
  s: At & { state: 'proposed' | 'committed'; added: Seq | null; signedBy: readonly string[] },
): void {
  tx.run(
    `INSERT INTO batch(no, id, kind, source, full, letter, letter_date, steps, file, content, counts, effect, rows, segments, by, desk, command,
       signed_by, state, seq, at, added_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (no) DO UPDATE SET effect = excluded.effect, signed_by = excluded.signed_by, state = excluded.state,
       seq = excluded.seq, at = excluded.at, added_seq = excluded.added_seq`,
    e.no,
    e.head.id,
    e.head.kind,
    e.head.source,
    e.head.full ? 1 : 0,
    e.head.letter,
    e.head.letterDate ?? null,
    JSON.stringify(e.head.steps ?? []),
    e.head.file.name,
    e.head.content,
    JSON.stringify(e.head.counts),
    JSON.stringify(e.effect),
    e.segments.reduce((n, s) => n + s.rows, 0),
    JSON.stringify(e.segments),
    e.by,
    e.desk,
    e.command,
    JSON.stringify(s.signedBy),
    s.state,
    s.seq,
    s.at,
    s.added,
  )
}

export function applyWithdrawn(tx: Writer, e: EventDoc<'batch-withdrawn'>): void {
  tx.run(
    `UPDATE batch SET state = 'withdrawn', undo = ? WHERE no = ?`,
    JSON.stringify({ reason: e.note, by: e.by, pending: false }),
    e.no,
  )
}

export function applyUndoProposed(tx: Writer, e: EventDoc<'undo-proposed'>): void {
  const undo = { reason: e.reason, by: e.by, pending: true, effect: e.effect }
  tx.run('UPDATE batch SET undo = ? WHERE no = ?', JSON.stringify(undo), e.no)
}

export function applyUndoDropped(tx: Writer, e: EventDoc<'undo-dropped'>): void {
  tx.run('UPDATE batch SET undo = NULL WHERE no = ?', e.no)
}

/** The batch's facts stop counting from here on; as of an earlier day they still show. */
export function applyUndone(tx: Writer, { seq }: At, e: EventDoc<'batch-undone'>): void {
  end(tx, seq, e.no, 'undone')
  const undo = { reason: e.reason, by: e.by, pending: false, signedBy: e.signedBy, effect: e.effect }
  tx.run('UPDATE batch SET undo = ? WHERE no = ?', JSON.stringify(undo), e.no)
}

function end(tx: Writer, seq: Seq, no: number, state: 'undone' | 'replaced'): void {
  tx.run('UPDATE batch SET ended_seq = ?, state = ? WHERE no = ? AND ended_seq IS NULL', seq, state, no)
  relist(tx, seq, no)
}

const RELIST = `INSERT OR IGNORE INTO relist(seq, batch, after)
  VALUES (?1, ?2, coalesce((SELECT first FROM batch_span WHERE batch = ?2), 0) - 1)`

/** Notes that the stored listings of a batch's IMEIs are to be merged; 0: of all. */
export const relist = (tx: Writer, seq: Seq, no: number): void => {
  tx.run(RELIST, seq, no)
}

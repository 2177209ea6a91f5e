import type { EventDoc } from '../../contract/registry.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'

/** A suspicion that one code is on several devices. */
export function applySuspected(tx: Writer, e: EventDoc<'clone-suspected'>): void {
  tx.run(
    `INSERT INTO clone_case(no, id, imei14, state, grounds, holders, opened_at, by, note) VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?)`,
    ...[e.no, e.case, e.imei14, JSON.stringify(e.grounds), e.holders, e.at, e.by, e.note],
  )
}

/** A verdict, or a signature under it; the genuine holder is excepted from when the code is black, until the clone ends. */
export function applyCloneDecided(
  tx: Writer,
  { seq, at }: { seq: Seq; at: Instant },
  e: EventDoc<'clone-decided'>,
): void {
  const closed = e.state === 'clone' || e.state === 'dismissed' || e.state === 'resolved'
  tx.run(
    `UPDATE clone_case SET state = ?, verdict = ?, holder = ?, by = ?, note = ?, signatures = ?, ended_at = ? WHERE no = ?`,
    ...[e.state, e.verdict, e.holder === null ? null : JSON.stringify(e.holder), e.decidedBy, e.note],
    ...[JSON.stringify(e.signatures), closed ? at : null, e.no],
  )
  if (e.state === 'clone' && e.verdict === 'clone' && e.holder)
    tx.run(
      `INSERT INTO exception(imei14, imsi, msisdn, operator, since, case_no, added_seq) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...[e.imei14, e.holder.imsi, e.holder.msisdn, e.holder.operator, e.day, e.no, seq],
    )
  if (e.state === 'resolved')
    tx.run('UPDATE exception SET ended_seq = ? WHERE case_no = ? AND ended_seq IS NULL', seq, e.no)
}

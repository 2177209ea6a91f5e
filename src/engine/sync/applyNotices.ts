import type { EventDoc } from '../../contract/registry.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { NOTICE_STAGES, type NoticeState } from '../../domain/notice.ts'
import type { SqlValue, Writer } from '../db/handle.ts'

/** Warnings that were issued; an issue comes in parts. */
export function applyNoticesIssued(tx: Writer, e: EventDoc<'notices-issued'>): void {
  tx.run(
    `INSERT OR IGNORE INTO notice_issue(no, id, operator, day, first, reminder, last, rows, by, at, asked)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[e.no, e.issue, e.operator, e.day, e.first, e.reminder, e.last, e.first + e.reminder + e.last, e.by, e.at],
    e.where ? JSON.stringify(e.where) : null,
  )
  const rows: SqlValue[][] = NOTICE_STAGES.flatMap((stage) =>
    e.imeis[stage].map((imei14): SqlValue[] => [imei14, e.no, stage, 'issued']),
  )
  rows.sort((a, b) => Number(a[0]) - Number(b[0]))
  tx.insertSorted('notice', ['imei14', 'issue', 'stage', 'state'], rows)
}

/** What became of some of them; what was never issued changes nothing. */
export function applyNoticesDelivered(tx: Writer, e: EventDoc<'notices-delivered'>): void {
  const set = (imeis: readonly Imei14[], state: NoticeState): void =>
    void tx.run(
      'UPDATE notice SET state = ? WHERE issue = ? AND imei14 IN (SELECT value FROM json_each(?))',
      ...[state, e.no, JSON.stringify(imeis)],
    )
  set(e.delivered, 'delivered')
  set(e.failed, 'failed')
  tx.run(
    `UPDATE notice_issue SET delivered = (SELECT count(*) FROM notice WHERE issue = ?1 AND state = 'delivered'),
       failed = (SELECT count(*) FROM notice WHERE issue = ?1 AND state = 'failed') WHERE no = ?1`,
    e.no,
  )
}

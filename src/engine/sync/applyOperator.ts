import type { EventDoc } from '../../contract/registry.ts'
import type { SqlValue, Writer } from '../db/handle.ts'

/** A file made for an operator. */
export function applyFileIssued(tx: Writer, e: EventDoc<'operator-file-issued'>): void {
  tx.run(
    `INSERT INTO operator_file(no, id, operator, list, kind, base, seq, rows, blocked, unblocked, changed, name, sha256, by, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[e.no, e.file, e.operator, e.list, e.kind, e.base, e.seq, e.rows],
    ...[e.blocked, e.unblocked, e.changed, e.name, e.sha256, e.by, e.at],
  )
}

/** What an operator said of a file. */
export function applyReceipt(tx: Writer, e: EventDoc<'receipt-recorded'>): void {
  tx.run(
    `INSERT INTO receipt(no, id, file, operator, applied, refused, missing, strange, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[e.no, e.receipt, e.fileNo, e.operator, e.applied, e.refused, e.missing, e.strange, e.by, e.at],
  )
  const rows = function* (): Generator<readonly SqlValue[]> {
    for (const imei14 of e.missingImeis) yield [e.no, 'missing', imei14, '']
    for (const { imei14, code } of e.refusedImeis) yield [e.no, 'refused', imei14, code]
    for (const imei14 of e.strangeImeis) yield [e.no, 'strange', imei14, '']
  }
  tx.insertSorted('receipt_imei', ['receipt', 'state', 'imei14', 'code'], rows())
}

export function applyTemplate(tx: Writer, { operator, template }: EventDoc<'operator-template-set'>): void {
  tx.run(
    'INSERT INTO operator_template(operator, doc) VALUES (?, ?) ON CONFLICT (operator) DO UPDATE SET doc = excluded.doc',
    operator,
    JSON.stringify(template),
  )
}

/** Blocked IMEIs that were seen; each comes with its whole count so far. */
export function applyViolations(tx: Writer, { operator, found }: EventDoc<'violations-found'>): void {
  for (const v of found)
    tx.run(
      `INSERT INTO violation(imei14, operator, blocked_since, first_day, last_day, days) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (imei14, operator) DO UPDATE SET blocked_since = excluded.blocked_since, first_day = excluded.first_day,
         last_day = excluded.last_day, days = excluded.days`,
      ...[v.imei14, operator, v.since, v.firstDay, v.lastDay, v.days],
    )
}

import type { EventDoc } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'

export function applyReportShared(tx: Writer, at: Instant, e: EventDoc<'report-shared'>): void {
  tx.run(
    `INSERT INTO shared_report(id, name, query, by, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, by = excluded.by, at = excluded.at`,
    e.id,
    e.name,
    JSON.stringify(e.query),
    e.by,
    at,
  )
}

export function applyReportUnshared(tx: Writer, e: EventDoc<'report-unshared'>): void {
  tx.run('DELETE FROM shared_report WHERE id = ?', e.id)
}

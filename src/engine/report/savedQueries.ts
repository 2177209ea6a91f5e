import type { Reader, Writer } from '../db/handle.ts'

/** A report's question under a name; `query` is JSON. */
export interface SavedRow {
  readonly id: string
  readonly name: string
  readonly query: string
  readonly by: string
  readonly at: string
}

/** Those an officer keeps on this desk. */
export const savedReports = (desk: Reader, officer: string): SavedRow[] =>
  desk.query<SavedRow>('SELECT id, name, query, by, at FROM saved_report WHERE by = ? ORDER BY name, id').all(officer)

/** Those shared with all desks. */
export const sharedReports = (cache: Reader): SavedRow[] =>
  cache.query<SavedRow>('SELECT id, name, query, by, at FROM shared_report ORDER BY name, id').all()

export const putSavedReport = (tx: Writer, r: SavedRow): number =>
  tx.run(
    `INSERT INTO saved_report(id, name, query, by, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, at = excluded.at`,
    r.id,
    r.name,
    r.query,
    r.by,
    r.at,
  )

export const dropSavedReport = (tx: Writer, id: string, officer: string): number =>
  tx.run('DELETE FROM saved_report WHERE id = ? AND by = ?', id, officer)

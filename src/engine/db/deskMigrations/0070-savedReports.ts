import type { Migration } from '../migrate.ts'

/** Questions of reports that officers keep for themselves on this desk; query: JSON. */
export const SAVED_REPORTS: Migration = {
  number: 70,
  name: 'saved reports',
  sql: `CREATE TABLE saved_report(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, query TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
}

import type { Migration } from '../db/migrate.ts'

/** Tables of the lists' screen in desk.db. */
export const GRID_MIGRATIONS: readonly Migration[] = [
  {
    number: 50,
    name: 'saved views',
    sql: `
CREATE TABLE saved_view(
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, filter TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
  },
]

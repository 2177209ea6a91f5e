import type { Migration } from '../migrate.ts'

/** What this desk's machine made out on files: made anew when it is gone, or when the reader is another one. */
export const EVIDENCE_READINGS: Migration = {
  number: 80,
  name: 'evidence-readings',
  sql: `
CREATE TABLE evidence_reading(
  sha256 TEXT PRIMARY KEY, reader INTEGER NOT NULL, doc TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
}

import type { Migration } from '../migrate.ts'

/** The registry this desk belongs to: set at its first answer, and never changed by an address. */
export const INSTALLATION: Migration = {
  number: 10,
  name: 'installation',
  sql: `
ALTER TABLE identity ADD COLUMN installation TEXT;
-- Evidence kept on this disk, so that the least recently used goes first. What is not noted here is noted when it is seen.
CREATE TABLE kept_blob(
  sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, used_at TEXT NOT NULL, appeal TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX kept_blob_used ON kept_blob(used_at);
`,
}

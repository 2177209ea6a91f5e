import type { Migration } from '../db/migrate.ts'

/** What a desk keeps of its imports in desk.db; the rows themselves are in a staging file each (docs/formats/desk.md). */
export const BATCH_MIGRATIONS: readonly Migration[] = [
  {
    number: 100,
    name: 'staged-batches',
    sql: `
-- doc: StagedDoc as JSON. command: the outbox row that carries it, once it was committed.
CREATE TABLE staged_batch(
  id TEXT PRIMARY KEY, at TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('staged','sent','done')), doc TEXT NOT NULL,
  command TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX staged_batch_at ON staged_batch(at);

-- How files of a sender are to be read, by the headers they come with.
CREATE TABLE import_profile(
  name TEXT PRIMARY KEY, version INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, fingerprint TEXT NOT NULL,
  mapping TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX import_profile_headers ON import_profile(kind, fingerprint);
`,
  },
  {
    number: 120,
    name: 'profiles-with-steps',
    sql: `
-- Corrections of the sender's last file, offered for the next one: FixStep[] as JSON.
ALTER TABLE import_profile ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
`,
  },
  {
    number: 121,
    name: 'import-queue',
    sql: `
-- Files waiting to be staged or being staged, in order; what is here when the desk starts was interrupted. task: QueuedImport as JSON.
CREATE TABLE import_queue(ord INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, task TEXT NOT NULL) STRICT;
`,
  },
]

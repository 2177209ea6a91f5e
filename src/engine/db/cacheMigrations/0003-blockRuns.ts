import type { Migration } from '../migrate.ts'

/** Block runs with their IMEIs by part: block, held, conflict, dropped. `why`: the conflict, or why it dropped out. */
export const BLOCK_RUNS: Migration = {
  number: 3,
  name: 'block runs',
  sql: `
CREATE TABLE blockrun(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, until TEXT NOT NULL, day TEXT NOT NULL, cap INTEGER NOT NULL,
  beyond_cap INTEGER NOT NULL, policy INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('awaiting-signature','committed','declined','empty')),
  to_black INTEGER NOT NULL, held INTEGER NOT NULL, conflicts INTEGER NOT NULL, manifest TEXT NOT NULL,
  by TEXT NOT NULL, at TEXT NOT NULL, signatures TEXT NOT NULL, note TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE blockrun_imei(
  run INTEGER NOT NULL, part TEXT NOT NULL, imei14 INTEGER NOT NULL, why TEXT NOT NULL, appeal TEXT,
  PRIMARY KEY (run, part, imei14)) STRICT, WITHOUT ROWID;
`,
}

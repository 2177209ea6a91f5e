import type { Migration } from '../migrate.ts'

/** How the pictures of all appeals look, as the registry says: what looks alike is found without having the files. */
export const EVIDENCE_LOOKS: Migration = {
  number: 80,
  name: 'evidence-looks',
  sql: `
CREATE TABLE evidence_look(
  n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, appeal TEXT NOT NULL, look TEXT NOT NULL, UNIQUE (appeal, sha256)) STRICT;
`,
}

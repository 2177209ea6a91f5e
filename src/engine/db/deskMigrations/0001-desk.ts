import type { Migration } from '../migrate.ts'

/** What only this desk knows (docs/formats/desk.md): it cannot be fetched again from anywhere. */
export const DESK: Migration = {
  number: 1,
  name: 'desk',
  sql: `
-- The desk's key pair; \`enrolled\` names the registry that knows it.
CREATE TABLE identity(
  id INTEGER PRIMARY KEY CHECK (id = 1), desk TEXT NOT NULL, private_key BLOB NOT NULL, public_key TEXT NOT NULL,
  enrolled TEXT) STRICT;

-- Commands in the order they were given. \`held\` until release_at; \`sending\` means asked and not answered: the same id goes again.
CREATE TABLE outbox(
  ord INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
  based_on_seq INTEGER NOT NULL, officer TEXT NOT NULL, at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held','queued','sending','done','refused')), release_at TEXT, blobs TEXT NOT NULL,
  problem TEXT, result TEXT, seq INTEGER, epoch TEXT, answered_at TEXT, dismissed INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX outbox_open ON outbox(state, ord);
CREATE INDEX outbox_subject ON outbox(subject, state);

CREATE TABLE draft(
  appeal TEXT NOT NULL, officer TEXT NOT NULL, version INTEGER, doc TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (appeal, officer)) STRICT, WITHOUT ROWID;
CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Officers who have signed in on this desk, with the role the registry gave them: needed to work offline.
CREATE TABLE known_officer(id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, signed_in_at TEXT) STRICT, WITHOUT ROWID;
`,
}

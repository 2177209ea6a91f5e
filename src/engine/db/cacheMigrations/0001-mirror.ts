import type { Migration } from '../migrate.ts'

/** The mirror of the registry (docs/formats/cache.md). All of it can be built again from the feed. */
export const MIRROR: Migration = {
  number: 1,
  name: 'mirror',
  sql: `
-- Where this mirror stands. \`at\`: the registry's time of event \`seq\`; \`synced_at\`: this desk's time of the last answer.
CREATE TABLE cursor(
  id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT, seq INTEGER NOT NULL, head INTEGER NOT NULL, at TEXT, synced_at TEXT,
  sample INTEGER NOT NULL DEFAULT 0, offline_hours INTEGER) STRICT;
INSERT INTO cursor(id, seq, head) VALUES (1, 0, 0);

-- The registry's time of each event, for "as of the end of that day".
CREATE TABLE moment(seq INTEGER PRIMARY KEY, at TEXT NOT NULL) STRICT;
CREATE INDEX moment_at ON moment(at, seq);

-- added_seq NULL: proposed, its facts do not count. Facts live from added_seq until ended_seq.
CREATE TABLE batch(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, source TEXT NOT NULL, full INTEGER NOT NULL,
  letter TEXT NOT NULL, file TEXT NOT NULL, content TEXT NOT NULL, counts TEXT NOT NULL, effect TEXT NOT NULL,
  rows INTEGER NOT NULL, segments TEXT NOT NULL, by TEXT NOT NULL, desk TEXT NOT NULL, command TEXT NOT NULL,
  signed_by TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('proposed','committed','withdrawn','undone','replaced')),
  seq INTEGER NOT NULL, at TEXT NOT NULL, added_seq INTEGER, ended_seq INTEGER, undo TEXT) STRICT;
CREATE INDEX batch_seq ON batch(seq);

CREATE TABLE fact(
  imei14 INTEGER NOT NULL, batch INTEGER NOT NULL, doc INTEGER NOT NULL, next INTEGER NOT NULL,
  PRIMARY KEY (imei14, batch)) STRICT, WITHOUT ROWID;
CREATE TABLE doc(
  batch INTEGER NOT NULL, no INTEGER NOT NULL, op TEXT NOT NULL, date TEXT NOT NULL, network TEXT, data TEXT NOT NULL,
  PRIMARY KEY (batch, no)) STRICT, WITHOUT ROWID;
-- IMEIs of small batches; those of a large one are found by reading through fact once.
CREATE TABLE batch_imei(
  batch INTEGER NOT NULL, imei14 INTEGER NOT NULL, PRIMARY KEY (batch, imei14)) STRICT, WITHOUT ROWID;

CREATE TABLE listing(
  imei14 INTEGER PRIMARY KEY, list TEXT NOT NULL CHECK (list IN ('grey','black')), reason TEXT NOT NULL, since TEXT NOT NULL,
  deadline TEXT) STRICT;
CREATE INDEX listing_list ON listing(list, imei14);
CREATE INDEX listing_reason ON listing(list, reason, imei14);
CREATE INDEX listing_deadline ON listing(deadline) WHERE deadline IS NOT NULL;

-- Listings still to be merged: keys of a batch (0: all) above \`after\`.
CREATE TABLE relist(
  seq INTEGER NOT NULL, batch INTEGER NOT NULL, after INTEGER NOT NULL, PRIMARY KEY (seq, batch)) STRICT;

CREATE TABLE tac(
  tac INTEGER NOT NULL, batch INTEGER NOT NULL, brand TEXT NOT NULL, model TEXT NOT NULL, data TEXT NOT NULL,
  PRIMARY KEY (tac, batch)) STRICT, WITHOUT ROWID;
CREATE TABLE crossing(
  batch INTEGER NOT NULL, no INTEGER NOT NULL, person TEXT NOT NULL, date TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('entry','exit')), document TEXT NOT NULL, point TEXT NOT NULL,
  PRIMARY KEY (batch, no)) STRICT, WITHOUT ROWID;
CREATE INDEX crossing_person ON crossing(person, date);

CREATE TABLE appeal(
  id TEXT PRIMARY KEY, state TEXT NOT NULL, open INTEGER NOT NULL, version INTEGER NOT NULL, due_at TEXT NOT NULL,
  lease_officer TEXT, lease_until TEXT, doc TEXT NOT NULL, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX appeal_queue ON appeal(open, due_at, id);
CREATE INDEX appeal_due ON appeal(due_at, id);
CREATE INDEX appeal_state ON appeal(state, due_at, id);
CREATE INDEX appeal_lease ON appeal(lease_officer) WHERE lease_officer IS NOT NULL;
CREATE TABLE appeal_imei(
  imei14 INTEGER NOT NULL, appeal TEXT NOT NULL, PRIMARY KEY (imei14, appeal)) STRICT, WITHOUT ROWID;
CREATE INDEX appeal_imei_appeal ON appeal_imei(appeal);
-- What must not serve two appeals: evidence, receipt, crossing, tracking number.
CREATE TABLE appeal_key(
  what TEXT NOT NULL, value TEXT NOT NULL, appeal TEXT NOT NULL, PRIMARY KEY (what, value, appeal)) STRICT, WITHOUT ROWID;

CREATE TABLE policy(version INTEGER PRIMARY KEY, from_seq INTEGER NOT NULL, doc TEXT NOT NULL) STRICT;
CREATE INDEX policy_seq ON policy(from_seq);
CREATE TABLE officer(id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- How far the rows of a segment are in; committed together with them.
CREATE TABLE seg_applied(
  sha256 TEXT NOT NULL, batch INTEGER NOT NULL, tab TEXT NOT NULL, after INTEGER NOT NULL, complete INTEGER NOT NULL,
  PRIMARY KEY (sha256, batch, tab)) STRICT, WITHOUT ROWID;
`,
}

import type { Migration } from '../migrate.ts'

/** Acts around listings: policies on their way, operators' files and receipts, warnings, clones. JSON in text columns named so. */
export const LISTING_ACTS: Migration = {
  number: 40,
  name: 'acts around listings',
  sql: `
-- signatures: JSON. A signed version waits for its day; when it begins it also gets a row of \`policy\`.
CREATE TABLE policy_proposal(
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, valid_from TEXT NOT NULL, doc TEXT NOT NULL, sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('awaiting-signature','signed','in-force','declined')), by TEXT NOT NULL, at TEXT NOT NULL,
  note TEXT NOT NULL, signatures TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE operator_file(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, operator TEXT NOT NULL, list TEXT NOT NULL, kind TEXT NOT NULL, base INTEGER,
  seq INTEGER NOT NULL, rows INTEGER NOT NULL, blocked INTEGER NOT NULL, unblocked INTEGER NOT NULL, changed INTEGER NOT NULL,
  name TEXT NOT NULL, sha256 TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX operator_file_name ON operator_file(name, no);
-- strange: named in the receipt, never sent in the file
CREATE TABLE receipt(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, file INTEGER NOT NULL, operator TEXT NOT NULL, applied INTEGER NOT NULL,
  refused INTEGER NOT NULL, missing INTEGER NOT NULL, strange INTEGER NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX receipt_file ON receipt(file);
CREATE TABLE receipt_imei(
  receipt INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('refused','missing','strange')), imei14 INTEGER NOT NULL,
  code TEXT NOT NULL, PRIMARY KEY (receipt, state, imei14)) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_imei_imei ON receipt_imei(imei14);
CREATE TABLE operator_template(operator TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- blocked, yet seen in the operator's network after the days it has to block
CREATE TABLE violation(
  imei14 INTEGER NOT NULL, operator TEXT NOT NULL, blocked_since TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
  days INTEGER NOT NULL, PRIMARY KEY (imei14, operator)) STRICT, WITHOUT ROWID;

-- seal: JSON, the registry's signature under a run in force
ALTER TABLE blockrun ADD COLUMN seal TEXT;

CREATE TABLE notice_issue(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, operator TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL,
  reminder INTEGER NOT NULL, last INTEGER NOT NULL, rows INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0, by TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE notice(
  imei14 INTEGER NOT NULL, issue INTEGER NOT NULL, stage TEXT NOT NULL CHECK (stage IN ('first','reminder','last')),
  state TEXT NOT NULL CHECK (state IN ('issued','delivered','failed')), PRIMARY KEY (imei14, issue)) STRICT, WITHOUT ROWID;

-- grounds, holder (the genuine one) and signatures: JSON
CREATE TABLE clone_case(
  no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, imei14 INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open','awaiting-signature','clone','dismissed','resolved')), grounds TEXT NOT NULL,
  holders INTEGER NOT NULL, opened_at TEXT NOT NULL, by TEXT, verdict TEXT, holder TEXT, note TEXT NOT NULL DEFAULT '',
  signatures TEXT NOT NULL DEFAULT '[]', ended_at TEXT) STRICT;
CREATE INDEX clone_case_imei ON clone_case(imei14);
CREATE INDEX clone_case_state ON clone_case(state, no);
-- the genuine holder of a cloned IMEI keeps his service: operators let this IMEI through with this subscriber only
CREATE TABLE exception(
  imei14 INTEGER NOT NULL, imsi TEXT NOT NULL, msisdn TEXT NOT NULL, operator TEXT NOT NULL, since TEXT NOT NULL,
  case_no INTEGER NOT NULL, added_seq INTEGER NOT NULL, ended_seq INTEGER, PRIMARY KEY (imei14, imsi, added_seq)) STRICT, WITHOUT ROWID;
`,
}

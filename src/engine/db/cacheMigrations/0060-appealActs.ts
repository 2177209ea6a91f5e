import type { Migration } from '../migrate.ts'

/**
 * What the queue filters by and the supervisor counts, beside the appeal's document; journeys found by the traveller's document.
 * `appeal_find` covers every filter, so that counting reads no document.
 */
export const APPEAL_ACTS: Migration = {
  number: 60,
  name: 'appeal acts',
  sql: `
ALTER TABLE appeal ADD COLUMN route TEXT NOT NULL DEFAULT '';
ALTER TABLE appeal ADD COLUMN assigned_to TEXT;
ALTER TABLE appeal ADD COLUMN complaint INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appeal ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE appeal SET route = json_extract(doc, '$.route'),
  search = lower(id || ' ' || json_extract(doc, '$.applicant.name') || ' ' ||
    coalesce(json_extract(doc, '$.applicant.key.iin'), json_extract(doc, '$.applicant.key.country') || ':' || json_extract(doc, '$.applicant.key.number'), '') || ' ' ||
    (SELECT group_concat(value, ' ') FROM json_each(doc, '$.claim.imeis')));
CREATE INDEX appeal_find ON appeal(due_at, id, open, state, route, complaint, assigned_to, lease_officer, lease_until, search);
CREATE INDEX appeal_assigned ON appeal(assigned_to, due_at) WHERE assigned_to IS NOT NULL;

CREATE TABLE appeal_step(
  appeal TEXT NOT NULL, no INTEGER NOT NULL, at TEXT NOT NULL, what TEXT NOT NULL, officer TEXT, reasons TEXT,
  PRIMARY KEY (appeal, no)) STRICT, WITHOUT ROWID;
CREATE INDEX appeal_step_officer ON appeal_step(officer, at, what) WHERE officer IS NOT NULL;
CREATE INDEX appeal_step_at ON appeal_step(at, what);
INSERT INTO appeal_step(appeal, no, at, what, officer, reasons)
  SELECT a.id, e.key, json_extract(e.value, '$.at'), json_extract(e.value, '$.what'), json_extract(e.value, '$.officer'),
    (SELECT group_concat(r.value, ' ') FROM json_each(e.value, '$.reasons') r)
  FROM appeal a, json_each(a.doc, '$.timeline') e;

CREATE INDEX crossing_document ON crossing(document, date);
`,
}

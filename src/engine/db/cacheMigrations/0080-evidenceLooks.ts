import type { Migration } from '../migrate.ts'

/** How the pictures of all appeals look, as the registry says: what looks alike is found without having the files. */
export const EVIDENCE_LOOKS: Migration = {
  number: 80,
  name: 'evidence-looks',
  sql: `
CREATE TABLE evidence_look(
  n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, appeal TEXT NOT NULL, look TEXT NOT NULL, UNIQUE (appeal, sha256)) STRICT;
-- who files, by IIN or passport (personOf of domain/appeal.ts): appeals of one person are found from each other
INSERT OR IGNORE INTO appeal_key(what, value, appeal)
  SELECT 'person', CASE json_extract(doc, '$.applicant.key.kind') WHEN 'iin' THEN json_extract(doc, '$.applicant.key.iin')
    ELSE upper(json_extract(doc, '$.applicant.key.country') || ':' || replace(json_extract(doc, '$.applicant.key.number'), ' ', '')) END, id
  FROM appeal;
`,
}

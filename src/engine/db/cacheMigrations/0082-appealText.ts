import type { Migration } from '../migrate.ts'

/**
 * Appeals in narrow rows, with who filed (`personOf` of domain/appeal.ts) and who sold, for what looks at many of them; and by any three
 * characters of what they are found by (`appeal.search`), so that a search need not read through all of them. Only which appeals have
 * which characters is kept: whether they stand together is looked up in the few that have them all. The steps of a period are read from
 * their index alone.
 */
export const APPEAL_TEXT: Migration = {
  number: 82,
  name: 'appeal-text',
  sql: `
CREATE TABLE appeal_brief(
  n INTEGER PRIMARY KEY, appeal TEXT NOT NULL UNIQUE, applicant TEXT NOT NULL, seller TEXT) STRICT;
INSERT INTO appeal_brief(appeal, applicant, seller)
  SELECT id, CASE json_extract(doc, '$.applicant.key.kind') WHEN 'iin' THEN json_extract(doc, '$.applicant.key.iin')
    ELSE upper(json_extract(doc, '$.applicant.key.country') || ':' || replace(json_extract(doc, '$.applicant.key.number'), ' ', '')) END,
    json_extract(doc, '$.claim.seller')
  FROM appeal;
CREATE VIRTUAL TABLE appeal_gram USING fts5(
  text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
INSERT INTO appeal_gram(rowid, text) SELECT b.n, a.search FROM appeal_brief b CROSS JOIN appeal a ON a.id = b.appeal;
DROP INDEX appeal_step_at;
CREATE INDEX appeal_step_at ON appeal_step(at, what, officer);
`,
}

import type { Migration } from '../migrate.ts'

/**
 * What grey and black are filtered by besides list, reason and dates, and a log of changed rows for the grid's index (0: all anew).
 * Lists merged before this have no traits yet, so everything is merged once more. Documents are found by what an officer types.
 */
export const LISTING_TRAITS: Migration = {
  number: 50,
  name: 'listing traits',
  sql: `
ALTER TABLE listing ADD COLUMN operator TEXT;
ALTER TABLE listing ADD COLUMN region TEXT;
ALTER TABLE listing ADD COLUMN importer TEXT;
CREATE TABLE listing_log(n INTEGER PRIMARY KEY AUTOINCREMENT, imei14 INTEGER NOT NULL) STRICT;
INSERT INTO listing_log(imei14) VALUES (0);
INSERT OR IGNORE INTO relist(seq, batch, after) SELECT seq, 0, -1 FROM cursor WHERE seq > 0;

CREATE INDEX doc_declaration ON doc(json_extract(data, '$.declaration'))
  WHERE json_extract(data, '$.declaration') IS NOT NULL;
CREATE INDEX doc_bin ON doc(json_extract(data, '$.bin')) WHERE json_extract(data, '$.bin') IS NOT NULL;
CREATE INDEX appeal_iin ON appeal(json_extract(doc, '$.applicant.key.iin'))
  WHERE json_extract(doc, '$.applicant.key.iin') IS NOT NULL;
CREATE INDEX appeal_declaration ON appeal(json_extract(doc, '$.claim.declarationNo'))
  WHERE json_extract(doc, '$.claim.declarationNo') IS NOT NULL;
`,
}

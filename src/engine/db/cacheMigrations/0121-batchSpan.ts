import type { Migration } from '../migrate.ts'

/**
 * First and last IMEI of a large batch, so that who looks for its facts need not read through those before and behind. Batches that came
 * otherwise than by their own segments have none. Of what was copied before this, only some segments may be here: all IMEIs are its.
 */
export const BATCH_SPAN: Migration = {
  number: 121,
  name: 'batch span',
  sql: `
CREATE TABLE batch_span(batch INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
INSERT INTO batch_span(batch, first, last)
  SELECT DISTINCT batch, 0, 100000000000000 FROM seg_applied
  WHERE tab = 'fact' AND batch > 0 AND batch NOT IN (SELECT no FROM batch WHERE added_seq IS NOT NULL);
`,
}

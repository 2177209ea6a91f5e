import type { Migration } from '../migrate.ts'

/** First and last IMEI of a large batch, so that who looks for its facts need not read through those before and behind. Batches that came otherwise than by their own segments have none. */
export const BATCH_SPAN: Migration = {
  number: 121,
  name: 'batch span',
  sql: 'CREATE TABLE batch_span(batch INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;',
}

import type { Migration } from '../migrate.ts'

/** The event that brought an appeal: figures as of an earlier number leave it out, whenever it was handed in. */
export const APPEAL_RECEIVED: Migration = {
  number: 2,
  name: 'appeal received',
  sql: 'ALTER TABLE appeal ADD COLUMN received_seq INTEGER NOT NULL DEFAULT 0',
}

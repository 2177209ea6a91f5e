import type { Migration } from '../migrate.ts'

/** Whom a list of warnings was asked for, as JSON (contract/registry/notices.ts); null: everybody it was due to. */
export const NOTICE_QUERIES: Migration = {
  number: 120,
  name: 'notice queries',
  sql: 'ALTER TABLE notice_issue ADD COLUMN asked TEXT;',
}

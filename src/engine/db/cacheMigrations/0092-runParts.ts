import type { Migration } from '../migrate.ts'

/** Which part of what was due a block run was proposed for, as JSON (contract/registry/runPart.ts); '{}' all of it. */
export const RUN_PARTS: Migration = {
  number: 92,
  name: 'run-parts',
  sql: `ALTER TABLE blockrun ADD COLUMN asked_part TEXT NOT NULL DEFAULT '{}';`,
}

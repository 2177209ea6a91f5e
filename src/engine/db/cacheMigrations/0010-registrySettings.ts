import type { Migration } from '../migrate.ts'

/**
 * Settings of the registry as it told them last (JSON). `opened`: how the last engine left the mirror: `open` means it did not come to
 * its end, `suspect` that the mirror has not been compared with the registry since such an end.
 */
export const REGISTRY_SETTINGS: Migration = {
  number: 10,
  name: 'registry settings',
  sql: `
ALTER TABLE cursor ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
ALTER TABLE cursor ADD COLUMN opened TEXT NOT NULL DEFAULT 'closed' CHECK (opened IN ('closed','open','suspect'));
`,
}

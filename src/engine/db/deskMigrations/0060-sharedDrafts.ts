import type { Migration } from '../migrate.ts'

/** What the registry has of this desk's drafts: a draft that is missing beside its mark was dropped here. */
export const SHARED_DRAFTS: Migration = {
  number: 60,
  name: 'shared drafts',
  sql: `
CREATE TABLE draft_shared(
  appeal TEXT NOT NULL, officer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (appeal, officer)) STRICT, WITHOUT ROWID;
`,
}

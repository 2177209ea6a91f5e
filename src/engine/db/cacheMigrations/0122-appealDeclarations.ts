import type { Migration } from '../migrate.ts'

/**
 * Whose an appeal is and which declaration it names are found through rows that never change (`appeal_key`, `appeal_brief`): an index over
 * what an appeal's document says is computed and written anew with every step of it.
 */
export const APPEAL_DECLARATIONS: Migration = {
  number: 122,
  name: 'appeal declarations',
  sql: `
ALTER TABLE appeal_brief ADD COLUMN declaration TEXT;
UPDATE appeal_brief SET declaration = (SELECT json_extract(a.doc, '$.claim.declarationNo') FROM appeal a WHERE a.id = appeal_brief.appeal);
CREATE INDEX appeal_brief_declaration ON appeal_brief(declaration, appeal) WHERE declaration IS NOT NULL;
DROP INDEX appeal_iin;
DROP INDEX appeal_declaration;
`,
}

import type { Migration } from '../migrate.ts'

/** Pages of evidence as they were drawn for the eye, sealed among the blobs: drawn anew when they are gone. */
export const EVIDENCE_PREVIEWS: Migration = {
  number: 90,
  name: 'evidence-previews',
  sql: `
CREATE TABLE evidence_preview(
  sha256 TEXT NOT NULL, page INTEGER NOT NULL, longest INTEGER NOT NULL, drawn TEXT NOT NULL, doc TEXT NOT NULL,
  PRIMARY KEY (sha256, page, longest)) STRICT, WITHOUT ROWID;
`,
}

import type { Migration } from '../migrate.ts'

/** With each batch: the date of its covering letter and the corrections that were made before its rows counted (FixStep[] as JSON). */
export const BATCH_STEPS: Migration = {
  number: 35,
  name: 'batch steps',
  sql: `
ALTER TABLE batch ADD COLUMN letter_date TEXT;
ALTER TABLE batch ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
`,
}

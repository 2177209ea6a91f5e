import type { Migration } from '../migrate.ts'

/** Violations are read by those with most days, of one operator or of all, without sorting them each time. */
export const VIOLATION_PAGES: Migration = {
  number: 94,
  name: 'violation pages',
  sql: `
CREATE INDEX violation_days ON violation(days DESC, imei14, operator);
CREATE INDEX violation_operator ON violation(operator, days DESC, imei14);
`,
}

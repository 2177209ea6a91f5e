import type { Migration } from '../migrate.ts'

/** The batch that an approval brought is found by its appeal. */
export const DECISION_BATCHES: Migration = {
  number: 81,
  name: 'decision-batches',
  sql: `CREATE INDEX batch_decision ON batch(letter) WHERE kind = 'decision';`,
}

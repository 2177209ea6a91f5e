import { FACT_OF_BATCH } from '../../batch.ts'
import { historyRule } from '../historyRule.ts'

/** A delta list takes out an IMEI that nobody listed so: nothing comes of it, and the sender's list is not the one that is known here. */
export const removeUnlisted = historyRule({
  code: 'remove-unlisted',
  scope: 'history',
  level: 'warning',
  field: 'change',
  find(row, { facts }) {
    const kind = FACT_OF_BATCH[row.kind]
    return row.op === 'remove' && !facts.some((f) => f.kind === kind && f.op === 'add') ? {} : null
  },
})

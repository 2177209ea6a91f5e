import { FACT_OF_BATCH } from '../../batch.ts'
import { historyRule } from '../historyRule.ts'

/** A delta list takes out an IMEI that another body listed: only who listed it may unlist it, and the registry refuses such a batch. */
export const removeOtherBody = historyRule({
  code: 'remove-other-body',
  scope: 'history',
  level: 'warning',
  field: 'change',
  find(row, { facts }) {
    if (row.op !== 'remove') return null
    const kind = FACT_OF_BATCH[row.kind]
    const adds = facts.filter((f) => f.kind === kind && f.op === 'add')
    const other = adds.find((f) => f.source !== row.source)
    return other !== undefined && adds.every((f) => f.source !== row.source) ? { owner: other.source } : null
  },
})

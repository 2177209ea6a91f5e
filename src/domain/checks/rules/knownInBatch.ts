import { FACT_OF_BATCH } from '../../batch.ts'
import { historyRule } from '../historyRule.ts'
import { declarationOf } from '../sameDeclaration.ts'

/**
 * The same body reported this IMEI in the same way before, in a batch that still counts: a duplicate against other batches. In customs
 * under the same declaration (another one is `declared-elsewhere`); operators report the same devices day after day.
 */
export const knownInBatch = historyRule({
  code: 'known-in-batch',
  scope: 'history',
  level: 'warning',
  levels: { operator: 'off' },
  field: 'imei1',
  find(row, { facts }, recall) {
    if (row.op === 'remove') return null
    const kind = FACT_OF_BATCH[row.kind]
    let last = null
    for (const f of facts)
      if (f.kind === kind && f.source === row.source && (last === null || f.seq > last.seq)) last = f
    if (last === null || last.op === 'remove') return null
    if (row.kind === 'customs' && declarationOf(recall.dataOf(last)) !== declarationOf(recall.reported())) return null
    return { batch: last.no, date: last.date }
  },
})

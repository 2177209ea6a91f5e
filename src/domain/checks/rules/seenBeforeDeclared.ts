import { addDays } from '../../businessDate.ts'
import { firstSeen } from '../../policy.ts'
import { historyRule } from '../historyRule.ts'

/**
 * The device was in a network of Kazakhstan before it was declared: a declaration made afterwards to wash it white. `days`: so many
 * between the sighting and the declaration are let pass (a declaration is filed some days after the goods).
 */
export const seenBeforeDeclared = historyRule({
  code: 'seen-before-declared',
  scope: 'history',
  level: 'off',
  levels: { customs: 'warning' },
  limits: { days: 0 },
  field: 'declarationDate',
  find(row, { facts }, _recall, limit) {
    if (row.op === 'remove') return null
    const seen = firstSeen(facts)
    return seen !== null && addDays(seen, limit('days')) < row.date ? { seen, declared: row.date } : null
  },
})

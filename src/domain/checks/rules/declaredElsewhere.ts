import { historyRule } from '../historyRule.ts'
import { declarationOf } from '../sameDeclaration.ts'

/** Customs declared this IMEI before, under another declaration: one device enters the country once. */
export const declaredElsewhere = historyRule({
  code: 'declared-elsewhere',
  scope: 'history',
  level: 'off',
  levels: { customs: 'warning' },
  field: 'declaration',
  find(row, { facts }, recall) {
    if (row.op === 'remove') return null
    const now = declarationOf(recall.reported())
    for (const f of facts) {
      if (f.kind !== 'customs-declared' || f.op !== 'add') continue
      const then = declarationOf(recall.dataOf(f))
      if (then !== now) return { other: then, batch: f.no, date: f.date }
    }
    return null
  },
})

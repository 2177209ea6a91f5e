import { afterAll, beforeAll, expect, test } from 'vitest'
import { countAppealsSql, countListingSql, LISTED_KEYS } from '../../../src/engine/report/queries.ts'
import { SeededDesk } from './seededDesk.ts'

let seeded: SeededDesk
beforeAll(() => {
  seeded = new SeededDesk()
})
afterAll(() => seeded.close())

const planOf = (sql: string, bound: (string | number)[]): string[] =>
  seeded.home.cache.read
    .query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...bound)
    .map(({ detail }) => detail)

test.each([[[]], [['month']], [['reason']], [['deadline', 'operator', 'region', 'importer']]] as const)(
  'lists are counted by %j from what their rows say, not row by row',
  (fields) => {
    const plan = planOf(countListingSql(fields), ['grey', '2025-01-01', '2025-12-31'])
    expect(plan[0]).toMatch(/SEARCH listing_entry USING INDEX listing_entry_said \(list=\?\)/)
    expect(plan.join(' ')).not.toContain('listed')
  },
)

test('only a count by model reads the rows, once each', () => {
  const plan = planOf(countListingSql(['tac']), ['grey', '2025-01-01', '2025-12-31'])
  expect(plan.slice(0, 2)).toEqual([
    'SCAN listed',
    expect.stringContaining('SEARCH listing_entry USING INTEGER PRIMARY KEY'),
  ])
})

test.each([[['month']], [['state', 'route']], [['days']], [['officer', 'reason']]] as const)(
  'appeals are counted by %j from the narrow index alone',
  (fields) => {
    const plan = planOf(countAppealsSql(fields), ['2025-06-01', '2025-01-01', '2025-12-31'])
    expect(plan[0]).toMatch(/COVERING INDEX appeal_figure_day/)
  },
)

test('rows of a list are read in the order of their IMEI without sorting', () => {
  const plan = planOf(LISTED_KEYS, ['grey', '2025-01-01', '2025-12-31', 0, 2000])
  expect(plan).toEqual(['SEARCH l USING INTEGER PRIMARY KEY (rowid>?)', 'SEARCH e USING INTEGER PRIMARY KEY (rowid=?)'])
})

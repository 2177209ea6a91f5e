import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reportCalls } from '../../../src/engine/report/reportCalls.ts'
import { aCountry, SAMSUNG, XIAOMI } from './aCountry.ts'
import { SeededDesk, type SeedFact } from './seededDesk.ts'

let seeded: SeededDesk
beforeEach(() => {
  seeded = new SeededDesk()
})
afterEach(() => seeded.close())

const PLAIN = { filters: {}, compareTo: null, language: 'ru', rows: false, separator: ',' } as const
const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const calls = () => reportCalls(seeded.desk)
const many = (tac: number, count: number, date: string): SeedFact[] =>
  Array.from({ length: count }, (_, i) => ({ imei14: tac * 1_000_000 + i + 1, date }))

function aYear(): void {
  seeded.tacs('2026-01-02T06:00:00.000Z', [
    [XIAOMI, 'Xiaomi', 'Note 14'],
    [SAMSUNG, 'Samsung', 'Galaxy'],
  ])
  seeded.batch('stolen', '2026-02-10T06:00:00.000Z', many(XIAOMI, 5, '2026-02-09'))
  seeded.batch('counterfeit', '2026-03-10T06:00:00.000Z', many(SAMSUNG, 3, '2026-03-01'))
  seeded.batch('gsma', '2026-03-12T06:00:00.000Z', many(35000001, 2, '2025-12-31'))
}

describe('filters and comparison', () => {
  const ask = async (more: object) =>
    (await calls()['report-figures']({ ...PLAIN, report: 'blocklist', by: null, asOfSeq: null, ...YEAR, ...more }))
      .table

  test('a filter keeps what it names, whatever the grouping, and its values are alternatives', async () => {
    aYear()
    const one = await ask({ by: 'month', filters: { reason: ['stolen'] } })
    expect(one.rows.map(({ key, values }) => [key, ...values])).toEqual([['2026-02', 5]])
    const both = await ask({ by: 'month', filters: { reason: ['stolen', 'counterfeit'], brand: ['Xiaomi'] } })
    expect(both.totals).toEqual([5])
    expect((await ask({ filters: { reason: ['clone'] } })).totals).toEqual([0])
  })

  test('the same filters in another order are the same question', async () => {
    aYear()
    const write = (filters: Record<string, string[]>, name: string) =>
      calls().report({
        ...PLAIN,
        ...YEAR,
        report: 'blocklist',
        by: null,
        asOfSeq: null,
        format: 'csv',
        filters,
        target: seeded.target(name).token,
      })
    const a = await write({ reason: ['stolen', 'clone'], brand: ['Xiaomi'] }, 'a.csv')
    const b = await write({ brand: ['Xiaomi'], reason: ['clone', 'stolen', 'clone'] }, 'b.csv')
    expect(b.fingerprint).toBe(a.fingerprint)
  })

  test('an earlier period stands beside: months in their order, the change with its sign', async () => {
    aYear()
    seeded.batch('stolen', '2026-06-10T06:00:00.000Z', many(35000055, 9, '2025-02-03'))
    const compareTo = { from: '2025-01-01', to: '2025-12-31' }
    const table = await ask({ by: 'month', compareTo })
    expect(table.measures.map(({ name }) => name)).toEqual(['count', 'before', 'change'])
    expect(table.rows.map(({ key, values }) => [key, ...values])).toEqual([
      ['2026-02', 5, 9, -4],
      ['2026-03', 3, 0, 3],
      ['2026-12', 0, 2, -2],
    ])
    expect(table.totals).toEqual([8, 11, -3])
  })
})

describe('acts around the lists', () => {
  const table = async (report: string, by: string | null, asOfSeq: number | null = null) => {
    const asked = { ...PLAIN, ...YEAR, report, by, asOfSeq }
    return (await calls()['report-figures'](asked)).table.rows.map(({ key, values }) => [key, ...values])
  }

  test('files, receipts, violations and clones are counted, and as of an earlier number as they were', async () => {
    aCountry(seeded)
    expect(await table('operators', 'operator')).toEqual([['kcell', 2, 27, 13, 1, 2]])
    expect(await table('violations', 'month')).toEqual([['2026-06', 1, 3]])
    expect(await table('clones', 'case')).toEqual([['open', 1, 0, 0, 0]])
    expect(await table('notices', 'stage')).toEqual([
      // one IMEI is white by its declaration, one was blocked
      ['first', 3, 2, 0, 1, 1],
      ['reminder', 1, 0, 1, 0, 1],
    ])
    const heard = seeded.home.cache.read.value<number>("SELECT min(seq) FROM act_figure WHERE type = 'delivery'") ?? 0
    expect((await table('notices', 'stage', heard)).map((row) => row.slice(0, 4))).toEqual([
      ['first', 3, 0, 1],
      ['reminder', 1, 0, 1],
    ])
    expect(await table('notices', 'stage', heard - 2)).toEqual([])
    const received = seeded.home.cache.read.value<number>("SELECT seq FROM act_figure WHERE type = 'receipt'") ?? 0
    expect(await table('operators', 'operator', received - 1)).toEqual([['kcell', 2, 27, 0, 0, 0]])
    expect(await table('violations', 'month', received + 1)).toEqual([['2026-06', 1, 1]])
    expect(await table('clones', 'case', received)).toEqual([])
  })

  test('the dashboard shows the same lists, deadlines, backlog and operators', async () => {
    aCountry(seeded)
    const board = await calls().dashboard({ days: 400 })
    const lists = await table('lists', 'month')
    const last = board.lists.at(-1)
    expect([last?.grey, last?.black, last?.white]).toEqual(lists.at(-1)?.slice(1))
    const black = seeded.home.cache.read.value<number>("SELECT count(*) FROM listing WHERE list = 'black'")
    expect(last?.black).toBe(black)
    expect(board.deadlines.overdue).toBe(
      seeded.home.cache.read.value<number>("SELECT count(*) FROM listing WHERE deadline < '2026-11-22'"),
    )
    expect(board.backlog).toMatchObject({ open: 3, overdue: 3 })
    expect(board.backlog.flow.reduce((n, day) => n + day.received, 0)).toBe(9)
    expect(board.operators.find((o) => o.operator === 'kcell')).toMatchObject({ missing: 3, violations: 1 })
  })

  test('a report is kept under a name on this desk, for its officer alone', async () => {
    const query = { report: 'blocklist', by: 'brand', ...YEAR, filters: { reason: ['stolen'] }, compareTo: null }
    const { id, state } = await calls()['save-report']({ name: 'For the minister', query, shared: false })
    expect(state).toBe('saved')
    expect(await calls()['saved-reports']({})).toEqual([
      { id, name: 'For the minister', query, by: 'approver', at: expect.any(String), shared: false },
    ])
    seeded.officer = { id: 'auditor', name: 'Sample Auditor', role: 'auditor' }
    expect(await calls()['saved-reports']({})).toEqual([])
    await expect(calls()['drop-report']({ id })).rejects.toMatchObject({ problem: { code: 'report-unknown' } })
    seeded.officer = { id: 'approver', name: 'Sample Approver', role: 'approver' }
    expect(await calls()['drop-report']({ id })).toEqual({ state: 'dropped' })
    expect(await calls()['saved-reports']({})).toEqual([])
  })
})

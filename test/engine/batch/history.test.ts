import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as XLSX from 'xlsx'
import type { CheckPolicy } from '../../../src/domain/checks/checkPolicy.ts'
import { DEFAULT_POLICY } from '../../../src/domain/defaultPolicy.ts'
import { openConnection } from '../../../src/engine/db/connection.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { KEY } from '../../sync/syncDesk.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing, imei } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

/** A type code of its own for each test, since all share one registry. */
let nextTac = 86200000
const device = (): ((serial: number) => string) => {
  const tac = nextTac++
  return (serial) => imei(serial, tac)
}

const declared = (first: string, second = '', change: Parameters<typeof customsRow>[1] = {}) =>
  customsRow(1, { 'IMEI 1': first, 'IMEI 2': second, ...change })

const details = async (d: Importing, batch: string, code: string) =>
  (await d.desk.call('staged-problems', { batch, code, afterRow: 0, limit: 100 })).rows

/** Writes a policy into the mirror as if the registry had sent it. */
function underPolicy(d: Importing, checks: CheckPolicy): void {
  const cache = openConnection(join(d.desk.home, 'cache.db'), {
    keyHex: KEY,
    readonly: false,
    synchronous: 'NORMAL',
    cacheMb: 8,
  })
  const policy = { ...DEFAULT_POLICY, version: 900, checks }
  cache
    .prepare('INSERT INTO policy(version, from_seq, doc) VALUES (900, (SELECT seq FROM cursor), ?)')
    .run(JSON.stringify(policy))
  cache.close()
}

describe('a file held against what the desk knows', () => {
  test('names rows that were in a network before they were declared, with file, column, value and both dates', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    const seen = [['date', 'imei'], ...[1, 2].map((n) => ['01.10.2026', `${of(n).slice(0, 14)}0`])]
    await d.import('operator', d.csv(seen), { source: 'kcell' })
    const staged = await d.stage('customs', d.csv([CUSTOMS_HEADER, declared(of(1)), declared(of(2)), declared(of(3))]))
    expect(staged.counts).toMatchObject({ rows: 3, accepted: 3, problems: { 'seen-before-declared': 2 } })
    expect((await details(d, staged.batch, 'seen-before-declared'))[0]).toMatchObject({
      row: 2,
      severity: 'warning',
      column: 'Дата ДТ',
      value: of(1).slice(0, 14),
      details: { seen: '2026-10-01', declared: '2026-10-10' },
    })
  })

  test('knows the batch that brought a row before, and the declaration it came under', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    const first = await d.import('customs', d.csv([CUSTOMS_HEADER, declared(of(1)), declared(of(2), of(3))]))
    const no = (await d.desk.call('batch', { batch: first.batch })).no
    const other = { '№ ДТ': '50505/111026/0009999', 'Дата ДТ': '11.10.2026' }
    const staged = await d.stage('customs', d.csv([CUSTOMS_HEADER, declared(of(1)), declared(of(2), of(3), other)]))
    expect(staged.counts.problems).toEqual({ 'declared-elsewhere': 1, 'known-in-batch': 1 })
    expect(await details(d, staged.batch, 'declared-elsewhere')).toMatchObject([
      { row: 3, details: { other: '50505/101026/0001234', batch: no, date: '2026-10-10' } },
    ])
    // what was found late is shown with the cells of its row, like what the row itself says
    const { rows } = await d.desk.call('fix-rows', { batch: staged.batch, code: null, offset: 0, limit: 10 })
    expect(rows).toMatchObject([
      { row: 2, rejected: false, cells: declared(of(1)).slice(0, -1) },
      { row: 3, rejected: false, cells: declared(of(2), of(3), other) },
    ])
  })

  test('shows what was found late with its cells in an old .xls too', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    await d.import('customs', d.csv([CUSTOMS_HEADER, declared(of(1))]))
    const path = join(d.folder, 'old.xls')
    const sheet = XLSX.utils.aoa_to_sheet([CUSTOMS_HEADER, declared(of(2)), declared(of(1))].map((cells) => [...cells]))
    writeFileSync(
      path,
      XLSX.write({ SheetNames: ['List'], Sheets: { List: sheet } }, { bookType: 'biff8', type: 'buffer' }),
    )
    const staged = await d.stage('customs', d.grant(path))
    expect(staged.counts.problems).toEqual({ 'known-in-batch': 1 })
    const { rows } = await d.desk.call('fix-rows', { batch: staged.batch, code: null, offset: 0, limit: 10 })
    expect(rows).toMatchObject([{ row: 3, rejected: false, cells: declared(of(1)).slice(0, -1) }])
  })

  test('sees a pair of IMEIs that the registry knows otherwise', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    await d.import(
      'legacy',
      d.csv([
        ['IMEI 1', 'IMEI 2'],
        [of(1), of(2)],
        [of(3), of(4)],
      ]),
    )
    const staged = await d.stage('customs', d.csv([CUSTOMS_HEADER, declared(of(1), of(5)), declared(of(4), of(3))]))
    expect(staged.counts.problems).toEqual({ 'pair-contradicts': 1 })
    expect(await details(d, staged.batch, 'pair-contradicts')).toMatchObject([
      { row: 2, details: { other: of(2).slice(0, 14) } },
    ])
  })

  test('tells one IMEI under two declarations inside the file', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    const other = { '№ ДТ': '50505/111026/0008888', 'Дата ДТ': '11.10.2026' }
    const rows = [CUSTOMS_HEADER, declared(of(1)), declared(of(1), '', other), declared(of(2)), declared(of(2))]
    const staged = await d.stage('customs', d.csv(rows))
    expect(staged.counts).toMatchObject({ rows: 4, accepted: 2, rejected: 2, duplicates: 2 })
    expect(staged.counts.problems).toEqual({ 'declared-twice': 1, duplicate: 2 })
    expect(await details(d, staged.batch, 'declared-twice')).toMatchObject([
      { row: 3, details: { other: '50505/101026/0001234', row: 2 } },
    ])
  })

  test('warns of removals of what nobody listed', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    const staged = await d.stage(
      'gsma',
      d.csv([
        ['imei', 'change_type'],
        [of(1), 'remove'],
        [of(2), 'add'],
      ]),
    )
    expect(staged.counts.problems).toMatchObject({ 'remove-unlisted': 1 })
  })

  test('rejects its rows where the policy says so, with their cells for the reply', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    await d.import(
      'operator',
      d.csv([
        ['date', 'imei'],
        ['01.10.2026', `${of(1).slice(0, 14)}0`],
      ]),
      { source: 'kcell' },
    )
    underPolicy(d, { levels: { 'customs/seen-before-declared': 'error', 'tac-unknown': 'off' }, limits: {} })
    const rows = [CUSTOMS_HEADER, declared(of(1), of(11)), declared(of(2)), declared(of(3))]
    const staged = await d.stage('customs', d.csv(rows))
    expect(staged.counts).toMatchObject({ rows: 3, accepted: 2, rejected: 1, imeis: 2 })
    expect(staged.effect).toMatchObject({ toWhite: 2 })
    expect(await details(d, staged.batch, 'seen-before-declared')).toMatchObject([{ row: 2, severity: 'error' }])
    const target = join(d.folder, 'rejects.xlsx')
    expect(await d.desk.call('export-rejects', { batch: staged.batch, target: d.grant(target) })).toMatchObject({
      rows: 1,
    })
  })

  test('lets the policy bear some days between sighting and declaration', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    await d.import(
      'operator',
      d.csv([
        ['date', 'imei'],
        ['01.10.2026', `${of(1).slice(0, 14)}0`],
      ]),
      { source: 'kcell' },
    )
    underPolicy(d, { levels: {}, limits: { 'seen-before-declared/days': 9 } })
    const staged = await d.stage('customs', d.csv([CUSTOMS_HEADER, declared(of(1))]))
    expect(staged.counts.problems).not.toHaveProperty('seen-before-declared')
  })
})

describe('the same content', () => {
  test('is told before anything is staged, in any order of rows, until its batch is undone', async () => {
    const of = device()
    const d = await Importing.open(registry.url)
    const rows = [declared(of(1)), declared(of(2)), declared(of(3))]
    const first = await d.import('customs', d.csv([CUSTOMS_HEADER, ...rows]))
    const again = await d.stage('customs', d.csv([CUSTOMS_HEADER, ...rows.toReversed()]))
    expect(again).toMatchObject({ state: 'same', batch: first.batch, counts: { rows: 3, accepted: 3 } })
    expect(again.effect).toMatchObject({ toWhite: 0, unchanged: 3 })
    expect(await d.desk.call('staged-batches', {})).toEqual([])
    // one row more is another batch
    const more = await d.stage('customs', d.csv([CUSTOMS_HEADER, ...rows, declared(of(4))]))
    expect(more.state).toBe('staged')
    await d.desk.call('undo-batch', { batch: first.batch, reason: 'wrong file' })
    expect(await d.stage('customs', d.csv([CUSTOMS_HEADER, ...rows]))).toMatchObject({ state: 'staged' })
  })

  test('of a TAC table too', async () => {
    const d = await Importing.open(registry.url)
    const table = [
      ['TAC', 'Brand', 'Model'],
      ['86199999', 'Xiaomi', 'Redmi 1'],
      ['86199998', 'Xiaomi', 'Redmi 2'],
    ]
    const first = await d.import('tac', d.csv(table))
    expect(await d.stage('tac', d.csv(table))).toMatchObject({ state: 'same', batch: first.batch })
  })
})

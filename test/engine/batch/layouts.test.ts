import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { zipOf } from '../../sheet/handmade.ts'
import { at, Importing, imei } from './importing.ts'

/** Files in the layouts that registers exchange, sample data. */
const LAYOUTS = new URL('layouts/', import.meta.url)

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const grant = (d: Importing, name: string): string => d.grant(new URL(name, LAYOUTS).pathname)

describe('lists in the layouts other registers exchange', () => {
  test('a stolen list without change_type, then its delta with adds, an update and a removal', async () => {
    const d = await Importing.open(registry.url)
    const full = await d.stage('gsma', grant(d, 'stolen-list.csv'), { full: true })
    expect(full.counts).toMatchObject({ rows: 4, accepted: 4, imeis: 4 })
    await d.desk.call('commit-batch', { batch: full.batch })
    const delta = await d.stage('gsma', grant(d, 'stolen-list-delta.csv'))
    expect(delta.counts).toMatchObject({ rows: 3, accepted: 3, problems: { 'remove-unlisted': 1 } })
    expect(
      await d.desk.call('staged-problems', { batch: delta.batch, code: 'remove-unlisted', afterRow: 0, limit: 9 }),
    ).toMatchObject({
      rows: [{ row: 4, column: 'change_type', value: expect.stringMatching(/^\d{14}$/) }],
    })
  })

  test('a registration list, one device a row with its IMEIs and statuses', async () => {
    const d = await Importing.open(registry.url)
    const staged = await d.stage('legacy', grant(d, 'registration-list.csv'))
    expect(staged.counts).toMatchObject({ rows: 3, accepted: 3, rejected: 0, imeis: 5 })
  })

  test('a TAC table with bars between the columns, by profile the second time', async () => {
    const d = await Importing.open(registry.url)
    const table = grant(d, 'tac-table.txt')
    const first = await d.import('tac', table)
    expect(first).toMatchObject({ state: 'committed', counts: { rows: 5, accepted: 5 } })
    const newer = join(d.folder, 'tac-2.txt')
    writeFileSync(newer, readFileSync(new URL('tac-table.txt', LAYOUTS), 'utf8').replace('86309912', '86309999'))
    const inspected = await d.desk.call('inspect-file', { token: d.grant(newer), kind: 'tac' })
    expect(inspected).toMatchObject({ kind: 'tac', missing: [], profile: { name: 'gsma tac' } })
    expect(inspected.columns.map((c) => [c.field, c.by])).toEqual([
      ['tac', 'profile'],
      ['brand', 'profile'],
      ['model', 'profile'],
      [null, 'none'],
      ['date', 'profile'],
    ])
  })

  test('a zip of daily dumps, each day a sheet, by the profile of the operator', async () => {
    const d = await Importing.open(registry.url)
    const day = (date: string, serial: number): string =>
      `date,imei,imsi,msisdn,rat\n${date},${imei(serial, 86310001).slice(0, 14)}0,401015203237518,77010000001,LTE\n`
    const path = join(d.folder, 'dumps.zip')
    const names = ['beeline_20261101', 'beeline_20261102']
    writeFileSync(path, zipOf(names.map((n, i) => ({ name: `${n}.csv`, data: day(`2026110${i + 1}`, i + 1) }))))
    for (const sheet of names) {
      const inspected = await d.desk.call('inspect-file', { token: d.grant(path), kind: 'operator', sheet })
      expect(inspected.sheets.map((s) => s.name)).toEqual(names)
      expect(inspected.missing).toEqual([])
      const done = await d.import('operator', d.grant(path), { source: 'beeline', sheet })
      expect(done).toMatchObject({ state: 'committed', counts: { rows: 1, accepted: 1 }, effect: { toGrey: 1 } })
    }
    const again = await d.desk.call('inspect-file', { token: d.grant(path), kind: 'operator', sheet: names[1] ?? '' })
    expect(again.profile).toMatchObject({ name: 'beeline operator' })
  })

  test('a delta of declarations takes one out again', async () => {
    const d = await Importing.open(registry.url)
    const of = (n: number): string => imei(n, 86310002)
    const header = ['№ ДТ', 'Дата ДТ', 'IMEI', 'change_type']
    const row = (n: number, change: string): string[] => ['50505/101026/0001234', '10.10.2026', of(n), change]
    await d.import('customs', d.csv([header, row(1, 'add'), row(2, 'add')]))
    const removal = await d.import('customs', d.csv([header, row(1, 'remove'), row(3, 'add')]))
    expect(removal).toMatchObject({ state: 'committed', effect: { toNone: 1, toWhite: 1 } })
    const found = await d.desk.call('lookup', { imeis: [1, 2, 3].map(of) })
    expect(found.map((l) => ('list' in l ? l.list : l))).toEqual(['none', 'white', 'white'])
  })

  test('a status column that says something else is no change', async () => {
    const d = await Importing.open(registry.url)
    const of = (n: number): string => imei(n, 86310003)
    const rows = [
      ['№ ДТ', 'Дата ДТ', 'IMEI', 'Статус'],
      ['50505/101026/0001234', '10.10.2026', of(1), 'выпуск разрешён'],
    ]
    expect(await d.stage('customs', d.csv(rows))).toMatchObject({ counts: { rows: 1, accepted: 1, problems: {} } })
  })
})

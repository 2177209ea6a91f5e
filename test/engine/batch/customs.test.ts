import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkbook } from '../../../src/sheet/openWorkbook.ts'
import { writeXlsx } from '../../../src/sheet/write/writeXlsx.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing, imei, wrongDigit } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const GOOD = Array.from({ length: 40 }, (_, i) => i + 1)

describe('a customs file', () => {
  test('is staged, its effect shown, committed, and the lookup knows it', async () => {
    const d = await Importing.open(registry.url)
    const token = d.csv([[...CUSTOMS_HEADER], ...GOOD.map((n) => customsRow(n))])
    const staged = await d.stage('customs', token)
    expect(staged).toMatchObject({
      state: 'staged',
      counts: { rows: 40, accepted: 40, rejected: 0, duplicates: 0, problems: {}, imeis: 80 },
      effect: { toWhite: 80, toBlack: 0, unchanged: 0 },
      guards: [],
      needsSignature: false,
    })
    const { moves } = await d.desk.call('staged-moves', { batch: staged.batch, move: 'toWhite', after: null, limit: 3 })
    expect(moves.map((m) => [m.imei14, m.before.list, m.after.reason])).toEqual([
      ['86012345000001', 'none', 'customs-declared'],
      ['86012345000002', 'none', 'customs-declared'],
      ['86012345000003', 'none', 'customs-declared'],
    ])
    const committed = await d.desk.call('commit-batch', { batch: staged.batch })
    expect(committed).toMatchObject({ state: 'committed', effect: { toWhite: 80 } })
    const [batch] = await d.desk.call('batches', { before: null, limit: 10 })
    expect(batch).toMatchObject({
      batch: staged.batch,
      state: 'committed',
      by: 'importer',
      counts: { rows: 40, imeis: 80 },
    })
    const [found] = await d.desk.call('lookup', { imeis: [imei(1)] })
    expect(found).toMatchObject({ list: 'white', reason: 'customs-declared' })
  })

  test('sent twice is the same batch; withdrawn, it is a new one', async () => {
    const d = await Importing.open(registry.url)
    const rows = [[...CUSTOMS_HEADER], ...GOOD.map((n) => customsRow(n + 1000))]
    const first = await d.import('customs', d.csv(rows))
    // in another order, written differently: the content is the same
    const again = await d.import('customs', d.csv([[...CUSTOMS_HEADER], ...rows.slice(1).reverse()]))
    expect(again).toMatchObject({ state: 'same', batch: first.batch })
    const preview = await d.desk.call('undo-effect', { batch: first.batch })
    expect(preview).toMatchObject({ effect: { toNone: 80 }, needsSignature: false, reliedOn: [] })
    const undone = await d.desk.call('undo-batch', { batch: first.batch, reason: 'не тот файл' })
    expect(undone).toMatchObject({ undone: true, state: 'undone', effect: { toNone: 80 } })
    expect((await d.desk.call('lookup', { imeis: [imei(1001)] }))[0]).toMatchObject({ list: 'none' })
    expect(await d.import('customs', d.csv(rows))).toMatchObject({ state: 'committed' })
  })

  test('goes on with its good rows, the others are kept with reasons', async () => {
    const d = await Importing.open(registry.url)
    const bad = [
      customsRow(3001, { 'IMEI 1': wrongDigit(3001) }),
      customsRow(3002, { БИН: '250340000121' }),
      customsRow(3003, { БИН: '900101300008' }),
      customsRow(3004, { 'Дата ДТ': '31.02.2026' }),
      customsRow(3005, { 'Дата ДТ': '24.11.2026' }),
      customsRow(3006, { 'IMEI 1': '3,56938E+14' }),
      customsRow(3007, { 'IMEI 1': '', 'IMEI 2': '' }),
      customsRow(3008, { 'IMEI 1': '111111111111111' }),
    ]
    const soft = [
      customsRow(3101, { 'IMEI 2': imei(3101, 35693803) }),
      customsRow(3102, { 'IMEI 1': `'${imei(3102)}` }),
      customsRow(3103, { '№ ДТ': 'без номера' }),
      customsRow(3104, { 'IMEI 2': 'нет' }),
      customsRow(3105, { БИН: '' }),
    ]
    const rows = [[...CUSTOMS_HEADER], ...bad, ...soft, ...GOOD.map((n) => customsRow(n + 3200))]
    const staged = await d.stage('customs', d.csv(rows))
    expect(staged.counts).toEqual({
      rows: 53,
      accepted: 45,
      rejected: 8,
      duplicates: 0,
      problems: {
        'date-future': 1,
        'date-impossible': 1,
        'declaration-form': 1,
        'identity-check-digit': 2,
        'identity-missing': 1,
        'imei-check-digit': 1,
        'imei-cleaned': 1,
        'imei-impossible': 1,
        'imei-missing': 1,
        'imei-pair-tacs': 1,
        'imei-scientific': 1,
      },
      imeis: 89,
    })
  })

  test('counts repetitions: a repeated row is a duplicate, one with a repeated IMEI a contradiction', async () => {
    const d = await Importing.open(registry.url)
    const rows = [
      [...CUSTOMS_HEADER],
      customsRow(5001),
      customsRow(5001),
      customsRow(5002, { 'IMEI 2': imei(5001) }),
      customsRow(5003, { БИН: '250340000121' }),
      customsRow(5003, { БИН: '250340000121' }),
      customsRow(5003),
      customsRow(5004, { 'IMEI 2': '' }),
      customsRow(5005, { 'IMEI 1': imei(5001), 'IMEI 2': '' }),
    ]
    const staged = await d.stage('customs', d.csv(rows))
    // row 5: the repetition of a row that was rejected; row 7: the same device, now sound, is accepted
    expect(staged.counts).toMatchObject({ rows: 8, accepted: 3, rejected: 5, duplicates: 3, imeis: 5 })
    expect(await d.problems(staged.batch)).toEqual({
      3: ['duplicate'],
      4: ['contradiction'],
      5: ['identity-check-digit'],
      6: ['identity-check-digit', 'duplicate'],
      9: ['duplicate'],
    })
  })

  test('is refused as a whole while too many of its rows are bad, unless the officer accepts that', async () => {
    const d = await Importing.open(registry.url)
    const rows = [[...CUSTOMS_HEADER], ...[1, 2, 3].map((n) => customsRow(6000 + n)), customsRow(6009, { БИН: '1' })]
    const staged = await d.stage('customs', d.csv(rows))
    expect(staged.guards).toEqual([{ code: 'guard-bad-rows', details: { rejected: 1, rows: 4, share: 25 } }])
    expect(await d.desk.problemOf('commit-batch', { batch: staged.batch })).toBe('guard-bad-rows')
    const committed = await d.desk.call('commit-batch', { batch: staged.batch, accept: ['guard-bad-rows'] })
    expect(committed.state).toBe('committed')
  })

  test('as a workbook with titles, two header rows, totals and blank rows counts only its data', async () => {
    const d = await Importing.open(registry.url)
    const path = join(d.folder, 'отчет.xlsx')
    const text = (header: string) => ({ header, type: 'text' as const })
    await writeXlsx(path, [
      {
        name: 'Лист1',
        columns: ['Сведения об импорте', '', '', '', '', '', '', ''].map(text),
        rows: [
          ['за октябрь 2026 года'],
          [],
          ['Декларация', '', 'Импортер', '', 'Товар', '', 'Код IMEI', ''],
          ['номер', 'дата', 'БИН', 'наименование', 'марка', 'модель', '1', '2'],
          ['1', '2', '3', '4', '5', '6', '7', '8'],
          ...[1, 2, 3].map((n) => customsRow(7000 + n)),
          [' ', '', '\u00a0'],
          ['Итого', '', '', '', '', '', '3', ''],
        ],
      },
    ])
    const inspected = await d.desk.call('inspect-file', { token: d.grant(path), kind: 'customs' })
    expect(inspected.header).toMatchObject({ row: 4, rows: 3 })
    expect(inspected.columns.map((c) => c.field)).toEqual([
      'declaration',
      'declarationDate',
      'bin',
      'importer',
      'brand',
      'model',
      'imei1',
      'imei2',
    ])
    const staged = await d.stage('customs', d.grant(path))
    expect(staged.counts).toMatchObject({ rows: 3, accepted: 3, imeis: 6, problems: {} })
  })

  test('gives its rejected rows back in the layout of the sender, with the reasons', async () => {
    const d = await Importing.open(registry.url)
    const rows = [
      [...CUSTOMS_HEADER],
      ...GOOD.map((n) => customsRow(n + 8000)),
      customsRow(8100, { БИН: '250340000121' }),
    ]
    const staged = await d.stage('customs', d.csv(rows))
    await d.desk.call('change-settings', { language: 'ru' })
    const path = join(d.folder, 'rejects.xlsx')
    const written = await d.desk.call('export-rejects', { batch: staged.batch, target: d.grant(path) })
    expect(written).toMatchObject({ file: 'rejects.xlsx', rows: 1 })
    const book = await openWorkbook(path)
    const texts = (await book.preview(book.sheets[0]?.name ?? '', 10)).flatMap((b) =>
      Array.from({ length: b.count }, (_, i) => b.texts(i)),
    )
    await book.close()
    expect(texts[0]).toEqual(['Строка', 'Причина', ...CUSTOMS_HEADER])
    expect(texts[1]?.[0]).toBe('42')
    expect(texts[1]?.[1]).toContain('БИН: Контрольная цифра БИН или ИИН «250340000121» неверна')
    expect(texts[1]?.slice(2)).toEqual(rows.at(-1))
  })

  test('is imported by an importer only', async () => {
    const d = await Importing.open(registry.url, 'reviewer')
    const token = d.csv([[...CUSTOMS_HEADER], customsRow(9001)])
    expect(await d.desk.problemOf('stage-batch', { job: 'j', token, kind: 'customs' })).toBe('role-forbids')
  })

  test('without the columns it needs is refused and leaves nothing', async () => {
    const d = await Importing.open(registry.url)
    const token = d.csv([
      ['Фамилия', 'Телефон'],
      ['Иванов', '+7 701 000 00 00'],
    ])
    expect(await d.desk.problemOf('stage-batch', { job: 'j', token, kind: 'customs' })).toBe('kind-mismatch')
    const half = d.csv([
      ['IMEI', 'Марка'],
      [imei(1), 'Xiaomi'],
    ])
    expect(await d.desk.problemOf('stage-batch', { job: 'j', token: half, kind: 'customs' })).toBe('mapping-incomplete')
    expect(readdirSync(join(d.desk.home, 'staging'))).toEqual([])
    expect(await d.desk.call('staged-batches', {})).toEqual([])
  })

  test('is mapped by hand where its headers say nothing, and the next file of the sender asks nothing', async () => {
    const d = await Importing.open(registry.url)
    const rows = (from: number) => [
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      ...[1, 2, 3].map((n) => customsRow(from + n, { 'IMEI 2': '' })),
    ]
    const byHeader = { declaration: 'a', declarationDate: 'b', bin: 'c', importer: 'd', brand: 'e', imei1: 'g' }
    await d.import('customs', d.csv(rows(9100)), { mappingByHeader: byHeader })
    const inspected = await d.desk.call('inspect-file', { token: d.csv(rows(9200)), kind: 'customs' })
    expect(inspected.profile).toEqual({ name: 'customs customs', version: 1, source: 'customs', steps: [] })
    expect(inspected.columns.map((c) => c.field)).toEqual([
      'declaration',
      'declarationDate',
      'bin',
      'importer',
      'brand',
      null,
      'imei1',
      null,
    ])
    const named = await d.stage('customs', d.csv(rows(9250)), { profile: 'customs customs' })
    expect(named.counts).toMatchObject({ accepted: 3, imeis: 3 })
    const unknown = d.csv(rows(9300))
    for (const wrong of [{ profile: 'nobody' }, { encoding: 'morse' }])
      expect(await d.desk.problemOf('stage-batch', { job: 'j', token: unknown, kind: 'customs', ...wrong })).toBe(
        'usage',
      )
    expect(
      await d.desk.problemOf('stage-batch', {
        job: 'j',
        token: unknown,
        kind: 'customs',
        mappingByHeader: { bin: 'zz' },
      }),
    ).toBe('column-unknown')
  })
})

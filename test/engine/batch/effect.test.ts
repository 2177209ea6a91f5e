import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkbook } from '../../../src/sheet/openWorkbook.ts'
import { type TestRegistry, testRegistry } from '../../registry/testRegistry.ts'
import { at, CUSTOMS_HEADER, customsRow, Importing, imei } from './importing.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await testRegistry()
  registry.at(at())
})
afterAll(() => registry.stop())

const TAC = 86_700_001
const stolen = (...serials: number[]) => [['IMEI', 'Дата'], ...serials.map((n) => [imei(n, TAC), '01.11.2026'])]
const declared = (from: number, count: number, change: Parameters<typeof customsRow>[1] = {}) =>
  Array.from({ length: count }, (_, i) =>
    customsRow(from + i, { 'IMEI 1': imei(from + i, TAC), 'IMEI 2': imei(from + i + 500_000, TAC), ...change }),
  )

describe('the effect before commit', () => {
  test('names white devices that would turn black, as a list and as a workbook, and who the devices come from', async () => {
    const d = await Importing.open(registry.url)
    const rows = [
      ...declared(1, 6),
      ...declared(100, 2, { БИН: '900101300007', Импортер: 'ИП Образец' }),
      ...declared(200, 1, { Импортер: 'тоо образец' }),
    ]
    const customs = await d.stage('customs', d.csv([[...CUSTOMS_HEADER], ...rows]))
    expect(await d.desk.call('staged-effect', { batch: customs.batch })).toEqual({
      whiteToBlack: 0,
      by: 'importer',
      largest: [
        { name: 'ТОО «Образец»', id: '250340000120', imeis: 14 },
        { name: 'ИП Образец', id: '900101300007', imeis: 4 },
      ],
      unnamed: 0,
    })
    await d.desk.call('commit-batch', { batch: customs.batch })

    const { batch, needsSignature } = await d.stage('stolen', d.csv(stolen(1, 2, 3, 900)))
    expect(needsSignature).toBe(true)
    expect((await d.desk.call('staged-effect', { batch })).whiteToBlack).toBe(3)
    const listed = await d.desk.call('staged-moves', { batch, move: 'whiteToBlack', after: null, limit: 10 })
    expect(listed.moves.map(({ imei14, before, after }) => [imei14, before.list, after.list])).toEqual(
      [1, 2, 3].map((n) => [imei(n, TAC).slice(0, 14), 'white', 'black']),
    )
    const path = join(d.folder, 'moves.xlsx')
    const asked = { batch, move: 'whiteToBlack', target: d.grant(path), language: 'ru', job: 'x' } as const
    expect(await d.desk.call('export-moves', asked)).toMatchObject({ file: 'moves.xlsx', rows: 3 })
    const book = await openWorkbook(path)
    const [first] = await book.preview(book.sheets[0]?.name ?? '', 2)
    expect(first?.texts(1).slice(0, 4)).toEqual([
      imei(1, TAC).slice(0, 14),
      'белый',
      'задекларирован на таможне',
      'чёрный',
    ])
    await book.close()
  })

  test('that changed before the commit says what is different', async () => {
    const d = await Importing.open(registry.url)
    const { batch } = await d.stage('stolen', d.csv(stolen(301, 302)))
    const other = await Importing.open(registry.url)
    const gsma = await other.import('gsma', other.csv(stolen(302)))
    await other.desk.call('sign-in', { officer: 'approver' })
    await other.desk.call('sign', { id: gsma.batch })
    expect(await d.desk.problemOf('commit-batch', { batch })).toBe('effect-changed')
    const anew = (await d.desk.call('staged-batches', {})).find((one) => one.batch === batch)
    expect(anew?.changed).toMatchObject({
      effect: { toBlack: 2 },
      total: 1,
      imeis: [{ imei14: imei(302, TAC).slice(0, 14), was: 'black', now: null }],
    })
    expect(await d.desk.call('commit-batch', { batch })).toMatchObject({ state: 'awaiting-signature' })
  })
})

test('a reply to the sender is a letter in two languages and his rejected rows as he wrote them', async () => {
  const d = await Importing.open(registry.url)
  const rows = [[...CUSTOMS_HEADER], ...declared(400, 3), customsRow(404, { 'IMEI 1': ' 123 ', 'IMEI 2': '' })]
  const token = d.csv(rows, 'kgd.csv')
  const { batch } = await d.stage('customs', token, { letter: '77-15', letterDate: '2026-11-19' })
  const strip = { id: crypto.randomUUID(), kind: 'strip', field: 'imei1' } as const
  await d.desk.call('fix-apply', { batch, steps: [strip], job: 'a' })
  const folder = join(d.folder, 'reply')
  mkdirSync(folder)
  const { files, rows: rejected } = await d.desk.call('reply-to-sender', { batch, folder: d.grant(folder) })
  expect(rejected).toBe(1)
  expect(files.map(({ name }) => name)).toEqual(['kgd-reply.pdf', 'kgd-reply.xlsx'])
  expect(readFileSync(join(folder, 'kgd-reply.pdf'), 'latin1').startsWith('%PDF-')).toBe(true)
  const book = await openWorkbook(join(folder, 'kgd-reply.xlsx'))
  const [page] = await book.preview(book.sheets[0]?.name ?? '', 3)
  expect(page?.texts(1)[8]).toBe(' 123 ')
  await book.close()
})

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import papaparse from 'papaparse'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as SheetJs from 'xlsx'
import type { EventDoc } from '../../../src/contract/registry.ts'
import { reportCalls } from '../../../src/engine/report/reportCalls.ts'
import { printedPages, printedText } from './printedText.ts'
import { SeededDesk, type SeedFact } from './seededDesk.ts'

let seeded: SeededDesk
beforeEach(() => {
  seeded = new SeededDesk()
})
afterEach(() => seeded.close())

const XIAOMI = 86012301
const SAMSUNG = 35698701
const imei = (tac: number, serial: number): number => tac * 1_000_000 + serial
const many = (tac: number, count: number, date: string): SeedFact[] =>
  Array.from({ length: count }, (_, i) => ({ imei14: imei(tac, i + 1), date }))

const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const calls = () => reportCalls(seeded.desk)
const PLAIN = { filters: {}, compareTo: null, language: 'ru', rows: false, separator: ',' } as const
const figures = async (report: string, by: string | null = null, asOfSeq: number | null = null, period = YEAR) =>
  (await calls()['report-figures']({ ...PLAIN, report, by, asOfSeq, ...period })).figures

function aYear(): void {
  seeded.tacs('2026-01-02T06:00:00.000Z', [
    [XIAOMI, 'Xiaomi', 'Note 14'],
    [SAMSUNG, '=HYPERLINK("http://example.com")', 'Galaxy'],
  ])
  seeded.batch('stolen', '2026-02-10T06:00:00.000Z', many(XIAOMI, 5, '2026-02-09'), { toBlack: 5 })
  seeded.batch('counterfeit', '2026-03-10T06:00:00.000Z', many(SAMSUNG, 3, '2026-03-01'), { toBlack: 3 })
  seeded.batch('gsma', '2026-03-12T06:00:00.000Z', many(35000001, 2, '2025-12-31'), { toBlack: 2 })
}

describe('block list', () => {
  test('counts every IMEI once, by the reason that decides', async () => {
    aYear()
    expect(await figures('blocklist')).toEqual({
      total: 8,
      groups: [
        { key: 'stolen', count: 5 },
        { key: 'counterfeit', count: 3 },
      ],
    })
  })

  test('groups by month, TAC, brand and model; a device outside the TAC table has a group of its own', async () => {
    aYear()
    const all = { from: '2025-01-01', to: '2026-12-31' }
    expect((await figures('blocklist', 'month', null, all)).groups).toEqual([
      { key: '2025-12', count: 2 },
      { key: '2026-02', count: 5 },
      { key: '2026-03', count: 3 },
    ])
    expect((await figures('blocklist', 'tac')).groups.map((g) => g.key)).toEqual(['86012301', '35698701'])
    expect((await figures('blocklist', 'brand', null, all)).groups.at(-1)).toEqual({ key: 'unknown', count: 2 })
    expect((await figures('blocklist', 'model')).groups[0]).toEqual({ key: 'Xiaomi Note 14', count: 5 })
  })

  test('gives the same figures as of a sequence number after undo and later facts', async () => {
    aYear()
    const then = { seq: seeded.seq, byReason: await figures('blocklist'), byBrand: await figures('blocklist', 'brand') }
    seeded.undo(2, '2026-04-01T06:00:00.000Z', { toNone: 5 })
    seeded.batch('stolen', '2026-04-02T06:00:00.000Z', many(XIAOMI, 7, '2026-01-05'), { toBlack: 7 })
    seeded.tacs('2026-04-03T06:00:00.000Z', [[XIAOMI, 'Redmi', 'Note 14']])
    expect((await figures('blocklist')).total).toBe(10)
    expect(await figures('blocklist', null, then.seq)).toEqual(then.byReason)
    expect(await figures('blocklist', 'brand', then.seq)).toEqual(then.byBrand)
  })

  test('what is stored and what is computed anew from the facts agree at every sequence number', async () => {
    aYear()
    seeded.batch('customs', '2026-05-01T06:00:00.000Z', many(SAMSUNG, 2, '2026-04-30'))
    seeded.batch('operator', '2026-05-02T06:00:00.000Z', many(35000009, 4, '2026-05-01'), { toGrey: 4 })
    const stored = await Promise.all(['reason', 'tac', 'month'].map((by) => figures('blocklist', by)))
    const grey = await figures('grey-clocks', 'month')
    const { seq } = seeded
    seeded.batch('legacy', '2026-05-03T06:00:00.000Z', [{ imei14: imei(35000077, 1), date: '2024-01-01' }])
    expect(await Promise.all(['reason', 'tac', 'month'].map((by) => figures('blocklist', by, seq)))).toEqual(stored)
    expect(await figures('grey-clocks', 'month', seq)).toEqual(grey)
  })

  test('a period before the first fact has no figures', async () => {
    aYear()
    expect(await figures('blocklist', null, null, { from: '2020-01-01', to: '2020-12-31' })).toEqual({
      total: 0,
      groups: [],
    })
  })
})

test('grey clocks are shown by the days left on the last day of the period, overdue first', async () => {
  seeded.batch('operator', '2026-11-20T06:00:00.000Z', [
    { imei14: imei(XIAOMI, 1), date: '2026-10-01' },
    { imei14: imei(XIAOMI, 2), date: '2026-10-25' },
    { imei14: imei(XIAOMI, 3), date: '2026-11-19' },
    { imei14: imei(XIAOMI, 4), date: '2026-11-19' },
  ])
  expect(await figures('grey-clocks', null, null, { from: '2026-10-01', to: '2026-11-20' })).toEqual({
    total: 4,
    groups: [
      { key: 'overdue', count: 1 },
      { key: '0-7', count: 1 },
      { key: '22-30', count: 2 },
    ],
  })
})

test('moves count what came and what an undo took back, on their days', async () => {
  aYear()
  seeded.undo(2, '2026-04-01T06:00:00.000Z', { toNone: 5, leaveBlack: 5 })
  expect(await figures('inflow')).toEqual({
    total: 15,
    groups: [
      { key: 'black', count: 10 },
      { key: 'none', count: 5 },
    ],
  })
  expect((await figures('inflow', 'month')).groups).toEqual([
    { key: '2026-02', count: 5 },
    { key: '2026-03', count: 5 },
    { key: '2026-04', count: 5 },
  ])
})

test('appeals show the state they had at the sequence number', async () => {
  const received = { at: '2026-06-01T06:00:00.000Z', what: 'received' as const }
  const appeal: EventDoc<'appeal-received'> = {
    id: 'A-2026-1',
    state: 'received',
    version: 1,
    route: 'post',
    receivedAt: received.at,
    dueAt: '2026-06-22',
    applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'Sample Person', language: 'kk' },
    claim: { imeis: ['860123010000017'] },
    evidence: [],
    lease: null,
    hearingAt: null,
    proposal: null,
    timeline: [received],
  }
  seeded.batch('stolen', '2026-06-02T06:00:00.000Z', many(XIAOMI, 1, '2026-06-01'))
  const before = seeded.seq
  // handed in before, taken in by the registry after
  seeded.appeal(appeal, '2026-06-02T07:00:00.000Z')
  const then = seeded.seq
  seeded.appeal(
    {
      ...appeal,
      state: 'approved',
      version: 2,
      timeline: [received, { at: '2026-06-03T06:00:00.000Z', what: 'approved' }],
    },
    '2026-06-03T06:00:00.000Z',
  )
  expect((await figures('appeals')).groups).toEqual([{ key: 'approved', count: 1 }])
  expect((await figures('appeals', null, then)).groups).toEqual([{ key: 'received', count: 1 }])
  expect((await figures('appeals', null, before)).total).toBe(0)
  expect((await figures('appeals', 'route')).groups).toEqual([{ key: 'post', count: 1 }])
})

describe('files', () => {
  const write = (
    format: 'xlsx' | 'pdf' | 'csv',
    name: string,
    language: 'kk' | 'ru' | 'en' = 'ru',
    by: string | null = null,
  ) =>
    calls().report({
      ...PLAIN,
      report: 'blocklist',
      by,
      asOfSeq: null,
      format,
      language,
      target: seeded.target(name).token,
      ...YEAR,
    })

  test('the same figures stand in XLSX, PDF and CSV, re-read by other programs', async () => {
    aYear()
    const xlsx = await write('xlsx', 'list.xlsx')
    const csv = await write('csv', 'list.csv')
    const pdf = await write('pdf', 'list.pdf')
    expect(new Set([xlsx.fingerprint, csv.fingerprint, pdf.fingerprint]).size).toBe(1)
    for (const { file, sha256 } of [xlsx, csv, pdf])
      expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256)

    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(xlsx.file)
    const sheet = book.worksheets[0]
    const rows = sheet?.getSheetValues().slice(2) as [undefined, string, string, number, number][]
    expect(rows.map(([, label, key, count]) => [label, key, count])).toEqual([
      ['похищен', 'stolen', 5],
      ['поддельный код', 'counterfeit', 3],
      ['Всего', 'total', 8],
    ])
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })

    const { files } = SheetJs.read(readFileSync(xlsx.file), { bookFiles: true }) as {
      files?: Record<string, { content: Buffer }>
    }
    const chart = String(files?.['xl/charts/chart1.xml']?.content)
    expect([...chart.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map((m) => m[1])).toEqual([
      'IMEI',
      'похищен',
      'поддельный код',
      '5',
      '3',
    ])

    const text = readFileSync(csv.file, 'utf8')
    expect(text.startsWith('\ufeff')).toBe(true)
    const { data } = papaparse.parse<string[]>(text.slice(1))
    expect(data.slice(1, 4).map((row) => row.slice(0, 3))).toEqual([
      ['похищен', 'stolen', '5'],
      ['поддельный код', 'counterfeit', '3'],
      ['Всего', 'total', '8'],
    ])

    const printed = await printedText(pdf.file)
    expect(printed).toContain('похищен stolen 5 62,5 %')
    expect(printed).toContain('Всего 8 100,0 %')
    expect(printed).toContain(xlsx.fingerprint)
    expect(printed).toContain('Страница 1 из 1')
  })

  test.each([
    ['kk', 'Қара тізім', '1 қаңтар 2026', 'ұрланған'],
    ['ru', 'Чёрный список', '1 января 2026', 'похищен'],
    ['en', 'Block list', '1 January 2026', 'stolen'],
  ] as const)('the PDF is printed in %s', async (language, title, date, reason) => {
    aYear()
    const { file } = await write('pdf', 'list.pdf', language)
    const printed = await printedText(file)
    for (const text of [title, date, reason]) expect(printed).toContain(text)
  })

  test('a name that looks like a formula stays a text everywhere', async () => {
    aYear()
    const xlsx = await write('xlsx', 'list.xlsx', 'en', 'brand')
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(xlsx.file)
    expect(book.worksheets[0]?.getCell('A3').value).toBe('=HYPERLINK("http://example.com")')
    const csv = await write('csv', 'list.csv', 'en', 'brand')
    const { data } = papaparse.parse<string[]>(readFileSync(csv.file, 'utf8').slice(1))
    expect(data[2]?.[0]).toBe(`'=HYPERLINK("http://example.com")`)
  })

  test('a long list goes on over pages, each with its number and the fingerprint', async () => {
    const facts = Array.from({ length: 200 }, (_, i) => ({ imei14: imei(35100000 + i, 1), date: '2026-02-01' }))
    seeded.batch('stolen', '2026-02-10T06:00:00.000Z', facts)
    const { file, fingerprint } = await write('pdf', 'list.pdf', 'en', 'tac')
    const pages = await printedPages(file)
    expect(pages.length).toBeGreaterThan(3)
    for (const [i, page] of pages.entries()) {
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
      expect(page).toContain(fingerprint)
    }
    expect(pages.join(' ').match(/351001\d\d 1 0\.5%/g)).toHaveLength(100)
  })

  test('a report without figures is still a whole file', async () => {
    for (const format of ['xlsx', 'pdf', 'csv'] as const) {
      const { file, figures: none } = await write(format, `empty.${format}`)
      expect(none).toEqual({ total: 0, groups: [] })
      expect(readFileSync(file).length).toBeGreaterThan(100)
    }
    expect(await printedText(join(seeded.folder, 'empty.pdf'))).toContain('За этот период показателей нет.')
  })

  test('a folder that is gone is a problem and leaves nothing', async () => {
    seeded.grants.grant('gone', join(seeded.folder, 'no such folder', 'list.csv'))
    for (const format of ['xlsx', 'pdf', 'csv'] as const)
      await expect(
        calls().report({
          ...PLAIN,
          report: 'blocklist',
          by: null,
          asOfSeq: null,
          format,
          language: 'en',
          target: 'gone',
          ...YEAR,
        }),
      ).rejects.toMatchObject({ problem: { code: 'target-not-writable' } })
    expect(existsSync(join(seeded.folder, 'no such folder'))).toBe(false)
  })

  test('a target that cannot be replaced keeps what it was, and no temporary file stays', async () => {
    aYear()
    const { token, path } = seeded.target('taken.csv')
    mkdirSync(path)
    writeFileSync(join(path, 'inside'), 'kept')
    await expect(
      calls().report({
        ...PLAIN,
        report: 'blocklist',
        by: null,
        asOfSeq: null,
        format: 'csv',
        language: 'en',
        target: token,
        ...YEAR,
      }),
    ).rejects.toMatchObject({ problem: { code: 'target-not-writable' } })
    expect(readdirSync(seeded.folder).filter((name) => name.includes('.part'))).toEqual([])
    expect(readFileSync(join(path, 'inside'), 'utf8')).toBe('kept')
  })
})

describe('questions that have no answer', () => {
  test.each([
    ['report-unknown', { report: 'horoscope' }],
    ['report-unknown', { by: 'horoscope' }],
    ['period-empty', { from: '2026-12-31', to: '2026-01-01' }],
    ['date-unusable', { from: '2026-02-30' }],
    ['needs-registry', { asOfSeq: 999 }],
  ])('%s', async (code, wrong) => {
    await expect(
      calls()['report-figures']({ ...PLAIN, report: 'blocklist', by: null, asOfSeq: null, ...YEAR, ...wrong }),
    ).rejects.toMatchObject({ problem: { code } })
  })
})

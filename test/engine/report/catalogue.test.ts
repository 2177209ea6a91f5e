import { readFileSync, writeFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import papaparse from 'papaparse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REPORTS } from '../../../src/contract/engine/report.ts'
import { formatNumber } from '../../../src/contract/format.ts'
import { CATALOGUE } from '../../../src/engine/report/catalogue.ts'
import { reportCalls } from '../../../src/engine/report/reportCalls.ts'
import { aCountry } from './aCountry.ts'
import { printedText } from './printedText.ts'
import { SeededDesk } from './seededDesk.ts'

let seeded: SeededDesk
beforeAll(() => {
  seeded = new SeededDesk()
  aCountry(seeded)
})
afterAll(() => seeded.close())

const PLAIN = { filters: {}, compareTo: null, rows: false, separator: ',', asOfSeq: null } as const
const YEAR = { from: '2026-01-01', to: '2026-12-31' }
const calls = () => reportCalls(seeded.desk)
const everything = REPORTS.flatMap((report) => CATALOGUE[report].groupings.map((by) => [report, by] as const))

interface Figures {
  readonly rows: readonly { readonly key: string; readonly values: readonly number[] }[]
  readonly totals: readonly (number | null)[]
}
/** Code and measures of each row, the total last: what every program has to read back. */
const expected = ({ rows, totals }: Figures): [string, ...(number | null)[]][] => [
  ...rows.map(({ key, values }): [string, ...number[]] => [key.replace(/\p{Cc}/gu, ' '), ...values]),
  ['total', ...totals],
]

describe.each(everything)('%s by %s', (report, by) => {
  const write = async (
    format: 'xlsx' | 'pdf' | 'csv',
    language: 'kk' | 'ru' | 'en',
    separator: ',' | ';' | '\t' = ',',
  ) => {
    const { token } = seeded.target(`${report}-${by}-${language}.${format}`)
    return calls().report({ ...PLAIN, ...YEAR, report, by, format, language, separator, target: token })
  }

  test('says the same figures in XLSX, CSV and PDF, and each is genuine', async () => {
    const xlsx = await write('xlsx', 'kk')
    const csv = await write('csv', 'ru', ';')
    const pdf = await write('pdf', 'en')
    expect(new Set([xlsx.fingerprint, csv.fingerprint, pdf.fingerprint]).size).toBe(1)
    const { table } = xlsx
    const wanted = expected(table)
    const measures = table.measures.length

    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(xlsx.file)
    const cells = (book.worksheets[0]?.getSheetValues().slice(2) ?? []) as unknown[][]
    expect(cells.map((row) => [row[2], ...Array.from({ length: measures }, (_, i) => row[3 + i] ?? null)])).toEqual(
      wanted,
    )
    expect(book.worksheets[0]?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })

    const { data } = papaparse.parse<string[]>(readFileSync(csv.file, 'utf8').slice(1), { delimiter: ';' })
    const read = data.slice(1, wanted.length + 1)
    expect(read.map((row) => row[1]?.replace(/^'(?=[=+@-])/, ''))).toEqual(wanted.map(([code]) => code))
    expect(read.map((row) => row.slice(2, 2 + measures))).toEqual(
      wanted.map(([, ...values]) => values.map((value) => (value === null ? '' : String(value)))),
    )

    const printed = (await printedText(pdf.file)).replace(/\s/g, '')
    for (const row of pdf.table.rows) {
      const numbers = row.values.map((value, i) => formatNumber(value, 'en', table.measures[i]?.decimals)).join('')
      expect(printed).toContain(numbers.replace(/\s/g, ''))
    }
    expect(printed).toContain(pdf.fingerprint)

    for (const { file } of [xlsx, csv, pdf]) {
      seeded.grants.grant('check', file)
      expect(await calls()['verify-report']({ target: 'check' })).toMatchObject({
        genuine: true,
        report,
        seq: seeded.seq,
        signature: 'own',
        unchanged: true,
        sameFigures: true,
        differences: [],
      })
    }
  })
})

test('every report has figures to compare', async () => {
  for (const report of REPORTS) {
    const { table } = await calls()['report-figures']({ ...PLAIN, ...YEAR, report, by: null, language: 'en' })
    expect(table.rows.length, report).toBeGreaterThan(0)
    expect(
      table.rows.some(({ values }) => values.some((value) => value !== 0)),
      report,
    ).toBe(true)
  }
})

test('every report is called and defined in three languages, and so are its measures and groups', async () => {
  for (const language of ['kk', 'ru', 'en'] as const)
    for (const [report, by] of everything) {
      const { table } = await calls()['report-figures']({ ...PLAIN, ...YEAR, report, by, language })
      for (const { label } of table.measures) expect(label, `${report} ${language}`).toBeTruthy()
      for (const { label } of table.rows) expect(label, `${report} ${by} ${language}`).toBeTruthy()
      const text = JSON.parse(readFileSync(`resources/locales/${language}/report.json`, 'utf8'))
      expect(text.report[report].title).toBeTruthy()
      expect(text.report[report].definition.length).toBeGreaterThan(40)
      expect(text.by[by], by).toBeTruthy()
    }
})

describe('a report that was changed', () => {
  const ask = { ...PLAIN, ...YEAR, report: 'blocklist', by: 'reason', language: 'ru' } as const
  const check = async (file: string) => {
    seeded.grants.grant('changed', file)
    return calls()['verify-report']({ target: 'changed' })
  }

  test('in one cell of a workbook is told from a genuine one, and the cell is named', async () => {
    const { file } = await calls().report({ ...ask, format: 'xlsx', target: seeded.target('cell.xlsx').token })
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(file)
    const cell = book.worksheets[0]?.getCell('C2')
    if (!cell) throw new Error('the workbook has a first figure')
    const before = String(cell.value)
    cell.value = Number(before) - 1
    await book.xlsx.writeFile(file)
    const verdict = await check(file)
    expect(verdict).toMatchObject({ genuine: false, unchanged: false, signature: 'own', report: 'blocklist' })
    expect(verdict.differences).toEqual([
      expect.objectContaining({ written: before, found: String(Number(before) - 1) }),
    ])
  })

  test('and a workbook that another program only saved again is still genuine', async () => {
    const { file } = await calls().report({
      ...ask,
      by: 'tac',
      format: 'xlsx',
      target: seeded.target('saved.xlsx').token,
    })
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(file)
    await book.xlsx.writeFile(file)
    expect(await check(file)).toMatchObject({ genuine: true, unchanged: true })
  })

  test.each([
    ['a figure', (text: string) => text.replace(';5;', ';4;')],
    ['a word of the definition', (text: string) => text.replace('один раз', 'два раза')],
    ['a row left out', (text: string) => text.split('\r\n').toSpliced(1, 1).join('\r\n')],
    ['a row added at the end', (text: string) => `${text}x;y;1\r\n`],
    ['the fingerprint', (text: string) => text.replace(/([0-9a-f]{63})[0-9a-f]/, '$1x')],
  ])('in a CSV by %s is not genuine', async (_, change) => {
    const { token, path } = seeded.target('changed.csv')
    await calls().report({ ...ask, separator: ';', format: 'csv', target: token })
    const text = readFileSync(path, 'utf8')
    const changed = change(text)
    expect(changed).not.toBe(text)
    writeFileSync(path, changed)
    const verdict = await check(path)
    expect(verdict).toMatchObject({ genuine: false, unchanged: false })
    expect(verdict.differences.length).toBeGreaterThan(_ === 'a row added at the end' ? -1 : 0)
  })

  test('in one byte of a PDF is not genuine', async () => {
    const { token, path } = seeded.target('changed.pdf')
    await calls().report({ ...ask, format: 'pdf', target: token })
    const bytes = readFileSync(path)
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(await check(path)).toMatchObject({ genuine: false, unchanged: false })
  })

  test('by a seal made with another key is not genuine', async () => {
    const { token, path } = seeded.target('forged.csv')
    await calls().report({ ...ask, format: 'csv', target: token })
    const other = new SeededDesk()
    try {
      aCountry(other)
      const forged = other.target('forged.csv')
      await reportCalls(other.desk).report({ ...ask, format: 'csv', target: forged.token })
      const seal = readFileSync(forged.path, 'utf8').split('\r\n').at(-2) ?? ''
      const text = readFileSync(path, 'utf8').split('\r\n')
      writeFileSync(path, text.toSpliced(-2, 1, seal).join('\r\n'))
      expect(await check(path)).toMatchObject({ genuine: false })
      // the other desk's own file: good by its key, but nobody here knows that desk
      expect(await check(forged.path)).toMatchObject({ genuine: false, signature: 'unchecked', unchanged: true })
    } finally {
      other.close()
    }
  })

  test('a file that is no report is said to be none', async () => {
    const { path } = seeded.target('plain.csv')
    writeFileSync(path, 'a,b\r\n1,2\r\n')
    expect(await check(path)).toMatchObject({ genuine: false, report: null, signature: 'none' })
  })
})

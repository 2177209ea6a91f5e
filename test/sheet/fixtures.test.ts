import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../src/sheet/kindOf.ts'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import { zipOf } from './handmade.ts'
import { file, problemOf, readSheet } from './reading.ts'

const path = (name: string): string => new URL(`fixtures/${name}`, import.meta.url).pathname

const HEADER = ['IMEI', 'Күні', 'Саны', 'БИН', 'Алушы', 'Төленді']
const FIRST = [
  ['text', '490154203237518'],
  ['date', '2024-03-31'],
  ['number', 5],
  ['number', 250340000120],
  ['text', 'ТОО «Ромашка & Ко» <үлгі>'],
  ['bool', true],
]
const SECOND = [
  ['text', '356938035643809'],
  ['date', '2023-12-01T14:05:00'],
  ['number', 1.5],
  ['number', 354138000000000],
  ['text', ' шеттері бос '],
  ['bool', false],
]

/** What the writer itself leaves out of the file. */
const LOST: Record<
  string,
  { hiddenRow?: true; hiddenSheet?: true; formula?: true; blankFormula?: true; truth?: true; date?: true; blank?: true }
> = {
  'openpyxl.xlsx': { formula: true },
  'sheetjs.xls': { hiddenRow: true },
  'sheetjs.ods': { hiddenRow: true, hiddenSheet: true, date: true },
  'gnumeric.xlsx': { hiddenSheet: true },
  'libreoffice.ods': { truth: true },
  'writeexcel.xls': { truth: true },
  'xlwt.xls': { blankFormula: true },
  'odfpy.ods': { blank: true },
}

describe('the same table from the programs of other people', () => {
  it.each([
    'openpyxl.xlsx',
    'xlsxwriter.xlsx',
    'xlsxwriter-inline.xlsx',
    'exceljs.xlsx',
    'sheetjs.xlsx',
    'libreoffice.xlsx',
    'gnumeric.xlsx',
    'sheetjs.xlsb',
    'sheetjs.xls',
    'libreoffice.xls',
    'gnumeric.xls',
    'sheetjs.ods',
    'libreoffice.ods',
    'gnumeric.ods',
    'excel-writer.xlsx',
    'poi.xls',
    'writeexcel.xls',
    'xlwt.xls',
    'odfpy.ods',
  ])('%s', async (name) => {
    const lost = LOST[name] ?? {}
    const book = await openWorkbook(path(name))
    expect(book.kind).toBe(name.split('.')[1])
    expect(book.sheets).toMatchObject([
      { name: 'Тізім', visibility: 'visible' },
      { name: 'Жасырын', visibility: lost.hiddenSheet ? 'visible' : 'hidden' },
    ])
    const sheet = await readSheet(book, 'Тізім')
    const cells = sheet.list.map((row) => row.cells.map(({ kind, value }) => [kind, value]))
    const kept = (row: unknown[][], serial: number): unknown[][] =>
      row.map(([kind, value]) => {
        if (lost.truth && kind === 'bool') return ['number', Number(value)]
        if (lost.blank && kind === 'text') return [kind, String(value).trimStart()]
        return lost.date && kind === 'date' ? ['number', serial] : [kind, value]
      })
    const header = HEADER.map((text) => ['text', text])
    expect(cells.slice(0, 3)).toEqual([header, kept(FIRST, 45382), kept(SECOND, 45261.586805555555)])
    expect(cells[3]?.[0]).toEqual(['text', 'Барлығы'])
    expect(cells[3]?.[2]).toEqual(
      lost.blankFormula ? undefined : lost.formula ? ['uncalculated', null] : ['number', 6.5],
    )
    expect(sheet.list.map(({ number, hidden }) => [number, hidden])).toEqual([
      [1, false],
      [2, false],
      [3, !lost.hiddenRow],
      [6, false],
    ])
    const codes = sheet.notices.map(({ code }) => code)
    expect(codes).toEqual([
      ...(lost.hiddenRow ? [] : ['hidden-rows']),
      ...(lost.formula || lost.blankFormula ? ['uncalculated-formulas'] : []),
    ])
    expect(sheet.merges).toEqual([{ firstRow: 6, firstColumn: 1, lastRow: 6, lastColumn: 2 }])
    expect((await readSheet(book, 'Жасырын')).list).toMatchObject([{ number: 2, texts: ['', '7'] }])
    await book.close()
  })

  it('libreoffice.csv', async () => {
    const book = await openWorkbook(path('libreoffice.csv'))
    expect(book).toMatchObject({ kind: 'text', delimiter: ';', encoding: { encoding: 'utf-8' } })
    const { texts } = await readSheet(book)
    expect(texts.slice(0, 2)).toEqual([
      HEADER,
      ['490154203237518', '31.03.2024 00:00', '5', '250340000120', 'ТОО «Ромашка & Ко» <үлгі>', 'TRUE'],
    ])
    await book.close()
  })
})

describe('what a file is, told by its content', () => {
  it.each([
    ['libreoffice.xlsx', 'xlsx'],
    ['sheetjs.xlsb', 'xlsb'],
    ['gnumeric.ods', 'ods'],
    ['libreoffice.xls', 'xls'],
    ['libreoffice.csv', 'text'],
  ])('%s under a wrong name is still %s', async (name, kind) => {
    expect(await kindOf(file(readFileSync(path(name)), 'wrong.dat'))).toBe(kind)
  })
})

describe('spreadsheets inside a zip', () => {
  const csv = 'imei;date\n490154203237518;2024-01-01\n'

  it('one text file is a sheet of its own, with encoding and separator', async () => {
    const book = await openWorkbook(file(zipOf([{ name: 'daily/kcell_20240101.csv', data: csv }])))
    expect(book).toMatchObject({ kind: 'zip', delimiter: ';', encoding: { encoding: 'utf-8' }, otherFiles: [] })
    expect(book.sheets).toEqual([{ name: 'kcell_20240101', visibility: 'visible' }])
    expect((await readSheet(book)).rows).toBe(2)
    await book.close()
  })

  it('several files are several sheets, letters are named, what systems add is not', async () => {
    const parts = [
      { name: 'a/list.csv', data: csv },
      { name: 'b/list.csv', data: `${csv}1;2\n` },
      { name: 'workbook.xlsx', data: readFileSync(path('openpyxl.xlsx')) },
      { name: 'old.xls', data: readFileSync(path('gnumeric.xls')) },
      { name: 'letter.pdf', data: '%PDF-1.4 letter' },
      { name: '__MACOSX/._list.csv', data: 'x' },
      { name: 'a/', data: '' },
    ]
    const book = await openWorkbook(file(zipOf(parts)))
    expect(book.otherFiles).toEqual(['letter.pdf'])
    expect(book.sheets.map(({ name }) => name)).toEqual([
      'a/list.csv: list',
      'b/list.csv: list',
      'workbook.xlsx: Тізім',
      'workbook.xlsx: Жасырын',
      'old.xls: Тізім',
      'old.xls: Жасырын',
    ])
    expect((await readSheet(book, 'b/list.csv: list')).rows).toBe(3)
    expect((await readSheet(book, 'old.xls: Тізім')).rows).toBe(4)
    await book.close()
  })

  it('a damaged file in it is a problem that names it', async () => {
    const parts = [{ name: 'list.csv', data: csv, crc: 5 }]
    expect(await problemOf(openWorkbook(file(zipOf(parts))))).toMatchObject({ code: 'sheet-crc', part: 'list.csv' })
  })
})

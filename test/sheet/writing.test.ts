import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { isoOfSerial, serialOfIso } from '../../src/sheet/excelDate.ts'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import type { CellInput } from '../../src/sheet/write/cellInput.ts'
import type { ColumnSpec } from '../../src/sheet/write/sheetSpec.ts'
import { writeCsv } from '../../src/sheet/write/writeCsv.ts'
import { writeXlsx } from '../../src/sheet/write/writeXlsx.ts'
import { place, problemOf, readSheet } from './reading.ts'

const COLUMNS: ColumnSpec[] = [
  { header: 'IMEI', type: 'text' },
  { header: 'Күні', type: 'date' },
  { header: 'Саны', type: 'number', format: '#,##0' },
  { header: 'Иә', type: 'bool' },
]

const ROWS: CellInput[][] = [
  ['490154203237518', '2024-02-29', 1234, true],
  [
    { value: '0490154203237', mark: 'error' },
    new Date(Date.UTC(2024, 1, 1, 5, 6, 7)),
    { value: -0.5, mark: 'warning' },
    false,
  ],
  ['=HYPERLINK("http://x")', '31.02.2024', null, undefined],
]

async function readBack(path: string, sheet?: string): ReturnType<typeof readSheet> {
  const book = await openWorkbook(path)
  try {
    return await readSheet(book, sheet)
  } finally {
    await book.close()
  }
}

describe('writing .xlsx', () => {
  it('is read back with every type and every character', async () => {
    const path = place('list.xlsx')
    const written = await writeXlsx(path, [{ name: 'Тізім', columns: COLUMNS, rows: ROWS }])
    const bytes = readFileSync(path)
    expect(written).toEqual({ rows: 3, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    const sheet = await readBack(path)
    expect(sheet.list.map(({ cells }) => cells.map(({ kind, value }) => [kind, value]))).toEqual([
      [
        ['text', 'IMEI'],
        ['text', 'Күні'],
        ['text', 'Саны'],
        ['text', 'Иә'],
      ],
      [
        ['text', '490154203237518'],
        ['date', '2024-02-29'],
        ['number', 1234],
        ['bool', true],
      ],
      [
        ['text', '0490154203237'],
        ['date', '2024-02-01T05:06:07'],
        ['number', -0.5],
        ['bool', false],
      ],
      [
        ['text', '=HYPERLINK("http://x")'],
        ['text', '31.02.2024'],
      ],
    ])
  })

  it('opens in other readers with header, filter, formats and no formula', async () => {
    const path = place('list.xlsx')
    await writeXlsx(path, [{ name: 'Тізім', columns: COLUMNS, rows: ROWS }], { title: 'Sample & co' })
    const book = new ExcelJS.Workbook()
    await book.xlsx.readFile(path)
    const sheet = book.getWorksheet('Тізім')
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(sheet?.autoFilter).toBe('A1:D4')
    expect(sheet?.getCell('A1').font?.bold).toBe(true)
    expect(sheet?.getCell('A2')).toMatchObject({ value: '490154203237518', numFmt: '@' })
    expect(sheet?.getCell('B2').value).toEqual(new Date(Date.UTC(2024, 1, 29)))
    expect(sheet?.getCell('C2')).toMatchObject({ value: 1234, numFmt: '#,##0' })
    expect(sheet?.getCell('A4').formula).toBeUndefined()
    expect(sheet?.getCell('A3').fill).toMatchObject({ fgColor: { argb: 'FFFFD9D9' } })
    const js = XLSX.read(readFileSync(path), { type: 'buffer' })
    expect(XLSX.utils.sheet_to_json(js.Sheets.Тізім as XLSX.WorkSheet, { header: 1 })[3]).toEqual([
      '=HYPERLINK("http://x")',
      '31.02.2024',
    ])
  })

  it('the same rows make the same bytes', async () => {
    const [one, two] = [place('a.xlsx'), place('b.xlsx')]
    const first = await writeXlsx(one, [{ name: 'S', columns: COLUMNS, rows: ROWS }])
    const second = await writeXlsx(two, [{ name: 'S', columns: COLUMNS, rows: ROWS }])
    expect(second).toEqual(first)
  })

  it('rows beyond the end of a sheet go on in the next one, under the header', async () => {
    const path = place('long.xlsx')
    const rows = (function* () {
      for (let i = 1; i <= 25; i++) yield [i]
    })()
    const columns: ColumnSpec[] = [{ header: 'n', type: 'number' }]
    const sheets = [
      { name: 'Long', columns, rows },
      { name: 'long', columns, rows: [] },
    ]
    expect((await writeXlsx(path, sheets, { rowsPerSheet: 11 })).rows).toBe(25)
    const book = await openWorkbook(path)
    expect(book.sheets.map(({ name }) => name)).toEqual(['Long', 'Long (2)', 'Long (3)', 'long (4)'])
    const last = await readSheet(book, 'Long (3)')
    expect(last.texts).toEqual([['n'], ['21'], ['22'], ['23'], ['24'], ['25']])
    await book.close()
  })

  it('exactly a full sheet makes no second one, and no rows at all make a sheet with a header', async () => {
    const path = place('full.xlsx')
    const columns: ColumnSpec[] = [{ header: 'n', type: 'number' }]
    const full = Array.from({ length: 10 }, (_, i) => [i])
    await writeXlsx(
      path,
      [
        { name: 'A', columns, rows: full },
        { name: 'B', columns, rows: [] },
      ],
      { rowsPerSheet: 11 },
    )
    const book = await openWorkbook(path)
    expect(book.sheets.map(({ name }) => name)).toEqual(['A', 'B'])
    expect((await readSheet(book, 'B')).texts).toEqual([['n']])
    await book.close()
  })

  it('a drawing with its parts is linked to its sheet', async () => {
    const path = place('chart.xlsx')
    const parts = [
      {
        path: 'xl/drawings/drawing1.xml',
        contentType: 'application/vnd.openxmlformats-officedocument.drawing+xml',
        data: '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>',
      },
    ]
    await writeXlsx(path, [
      { name: 'S', columns: COLUMNS, rows: ROWS, drawing: { path: 'xl/drawings/drawing1.xml', parts } },
    ])
    const files = XLSX.read(readFileSync(path), { type: 'buffer', bookFiles: true }) as unknown as {
      files: Record<string, { content: Uint8Array }>
    }
    const text = (name: string): string => Buffer.from(files.files[name]?.content ?? []).toString()
    expect(text('xl/worksheets/sheet1.xml')).toContain('<drawing r:id="rId1"/></worksheet>')
    expect(text('xl/worksheets/_rels/sheet1.xml.rels')).toContain('Target="/xl/drawings/drawing1.xml"')
    expect(text('[Content_Types].xml')).toContain('/xl/drawings/drawing1.xml')
    expect((await readBack(path)).rows).toBe(4)
  })

  it.each([
    ['a number that is none', [Number.NaN]],
    ['a date that is none', [new Date(Number.NaN)]],
    ['a text no cell can hold', ['x'.repeat(32_768)]],
    ['more cells than columns', ['a', 'b']],
  ])('%s is refused with its place, and nothing is left behind', async (_, row) => {
    const path = place('bad.xlsx')
    const spec = { name: 'S', columns: COLUMNS.slice(0, 1), rows: [['fine'], row] }
    expect(await problemOf(writeXlsx(path, [spec]))).toMatchObject({
      code: 'sheet-unwritable-value',
      sheet: 'S',
      row: 3,
    })
    expect(leftovers(path)).toEqual([])
  })

  it('whatever text is written is read back the same', async () => {
    const path = place('any.xlsx')
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    const number = fc.double({ noNaN: true, noDefaultInfinity: true })
    const cell = fc.oneof(
      text,
      number,
      fc.boolean(),
      fc.constantFrom('_x0041_', '__x000D__', ' a ', '\u0001\r\n\t', '&<>"\''),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 }), async (rows) => {
        await writeXlsx(path, [{ name: 'S', columns: COLUMNS, rows }])
        const read = await readBack(path)
        const values = new Map(read.list.map(({ number, cells }) => [number, cells.map(({ value }) => value)]))
        rows.forEach((row, i) => {
          const expected = row.map((value) => (value === '' ? null : Object.is(value, -0) ? 0 : value))
          while (expected.length > 0 && expected.at(-1) === null) expected.pop()
          expect(values.get(i + 2) ?? []).toEqual(expected)
        })
      }),
      { numRuns: 60, seed: 20_240_331 },
    )
  })
})

describe('writing text files', () => {
  it('quotes only what needs it and keeps every value', async () => {
    const path = place('list.csv')
    const rows = [
      ['=1+1', 'a;b'],
      ['"q"', 'line\r\nend'],
      [1.5, true],
      [null, ' x'],
      [new Date(Date.UTC(2024, 0, 2)), ''],
    ]
    const written = await writeCsv(path, { header: ['имя', 'b'], rows, delimiter: ';', lineEnd: '\r\n' })
    const text = '\u0438мя;b\r\n=1+1;"a;b"\r\n"""q""";"line\r\nend"\r\n1.5;TRUE\r\n;" x"\r\n2024-01-02;\r\n'
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(written).toEqual({
      rows: 5,
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    })
  })

  it('neutralises formulas where asked, in text only', async () => {
    const path = place('safe.csv')
    const rows = [
      ['=cmd|x', '+7 701'],
      ['-5', '@x'],
      ['\tx', '\rx'],
      [-5, 'a=1'],
    ]
    await writeCsv(path, { rows, neutralise: true })
    expect(readFileSync(path, 'utf8')).toBe(`'=cmd|x,'+7 701\n'-5,'@x\n'\tx,"'\rx"\n-5,a=1\n`)
  })

  it.each(['windows-1251', 'rk1048', 'cp866', 'utf-16le', 'utf-16be', 'utf-8'] as const)(
    'in %s it is read back the same',
    async (encoding) => {
      const path = place('list.csv')
      const rows = [
        ['490154203237518', 'партия товара принята без замечаний'],
        ['1', 'получатель'],
      ]
      await writeCsv(path, { rows, encoding, bom: true, delimiter: '|' })
      const book = await openWorkbook(path, encoding === 'rk1048' ? { encoding } : {})
      expect(book.encoding?.encoding).toBe(encoding)
      expect((await readSheet(book)).texts).toEqual(rows)
      await book.close()
    },
  )

  it('a letter that the encoding lacks is refused, not replaced', async () => {
    const path = place('bad.csv')
    expect(await problemOf(writeCsv(path, { rows: [['Қазақстан']], encoding: 'windows-1251' }))).toMatchObject({
      code: 'sheet-unwritable-value',
      value: 'Қ',
    })
    expect(leftovers(path)).toEqual([])
  })

  it('whatever is written is read back the same', async () => {
    const path = place('any.csv')
    const field = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('"', '""', ';', '\n', '\r', '\r\n', ' ', '";"', 'a"b'),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field, fc.constant('end')), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...([';', ',', '\t', '|'] as const)),
        async (rows, delimiter) => {
          await writeCsv(path, { header: ['x', 'y', 'z'], rows, delimiter, bom: true })
          const book = await openWorkbook(path, { delimiter })
          const sheet = await readSheet(book)
          await book.close()
          expect(sheet.texts.slice(1)).toEqual(rows)
        },
      ),
      { numRuns: 100, seed: 20_240_331 },
    )
  })
})

describe('files appear whole or not at all', () => {
  it('a signal leaves the old file and nothing else', async () => {
    const path = place('old.csv')
    writeFileSync(path, 'old')
    const stop = new AbortController()
    const rows = (function* () {
      for (let i = 0; i < 1_000_000; i++) {
        if (i === 40_000) stop.abort()
        yield ['490154203237518', i]
      }
    })()
    expect(await problemOf(writeCsv(path, { rows, signal: stop.signal }))).toMatchObject({ code: 'cancelled' })
    const columns: ColumnSpec[] = [{ header: 'a', type: 'text' }]
    expect(
      await problemOf(writeXlsx(path, [{ name: 'S', columns, rows: [['a']] }], { signal: stop.signal })),
    ).toMatchObject({ code: 'cancelled' })
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(leftovers(path)).toEqual([basename(path)])
  })

  it('an error of the rows themselves passes through, and their source is closed', async () => {
    const path = place('broken.xlsx')
    let closed = false
    const rows = (async function* () {
      try {
        yield ['a']
        throw new TypeError('the cursor is gone')
      } finally {
        closed = true
      }
    })()
    const writing = writeXlsx(path, [{ name: 'S', columns: COLUMNS, rows }])
    await expect(writing).rejects.toThrow('the cursor is gone')
    expect(closed).toBe(true)
    expect(leftovers(path)).toEqual([])
  })

  it('a folder that is not there', async () => {
    expect(await problemOf(writeCsv('/nowhere/at/all.csv', { rows: [] }))).toMatchObject({
      code: 'target-not-writable',
      reason: 'ENOENT',
    })
  })

  it('an old file is replaced', async () => {
    const path = place('old.csv')
    writeFileSync(path, 'old')
    await writeCsv(path, { rows: [['new']] })
    expect(readFileSync(path, 'utf8')).toBe('new\n')
    expect(leftovers(path)).toEqual([basename(path)])
  })
})

describe('dates as numbers', () => {
  it('every day from 01.03.1900 to 31.12.9999 goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (day) => {
        expect(serialOfIso(isoOfSerial(day, false) as string)).toBe(day)
      }),
    )
  })

  it.each(['2024-02-30', '2023-02-29', '2024-13-01', '1900-02-28', '2024-01-01T24:00:00', '01.02.2024', ''])(
    '%j is no date',
    (text) => {
      expect(serialOfIso(text)).toBeNull()
    },
  )

  it('a time just before midnight is rounded into the next day', () => {
    expect(isoOfSerial(45382.9999999, false)).toBe('2024-04-01')
    expect(isoOfSerial(2_958_465.9999999, false)).toBeNull()
  })
})

/** What lies in the folder under names that contain this file's name. */
function leftovers(path: string): string[] {
  return readdirSync(dirname(path)).filter((name) => name.includes(basename(path)))
}

import { appendFileSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openSource, openWorkbook } from '../../src/sheet/openWorkbook.ts'
import { SheetError } from '../../src/sheet/sheetError.ts'
import { memorySource, type Source } from '../../src/sheet/source.ts'
import { bookOf, bookParts, type HandmadePart, worksheet, zipOf } from './handmade.ts'
import { file, place, problemOf, read, readSheet } from './reading.ts'

const rows = '<row r="1"><c r="A1"><v>490154203237518</v></c></row>'

/** The small workbook with something done to its sheet's entry. */
const withSheet = (sheetPart: Partial<HandmadePart>): Buffer => bookOf({ rows, sheetPart })
const withPart = (part: HandmadePart): Buffer => zipOf([...bookParts({ rows }), part])

describe('archives that lie', () => {
  it('a sheet that declares a ratio above 200 is refused before it is unpacked', async () => {
    const zeros = deflateRawSync(Buffer.alloc(64 << 20, 32))
    const bytes = withSheet({ packed: zeros, declaredSize: 64 << 20 })
    expect(await problemOf(read(bytes))).toMatchObject({
      code: 'sheet-bomb',
      part: 'xl/worksheets/sheet1.xml',
      limit: 200,
    })
  })

  it('a sheet that unpacks to more than it declares is stopped there', async () => {
    const bytes = withSheet({ packed: deflateRawSync(Buffer.alloc(64 << 20, 32)), declaredSize: 5000 })
    expect(await problemOf(read(bytes))).toMatchObject({ code: 'sheet-bomb', limit: 5000 })
  })

  it('a bomb in shared strings or styles is a bomb too', async () => {
    for (const name of ['xl/sharedStrings.xml', 'xl/styles.xml']) {
      const parts = bookParts({ rows, strings: '<si><t>a</t></si>' }).map((part) =>
        part.name === name
          ? { ...part, packed: deflateRawSync(Buffer.alloc(32 << 20, 32)), declaredSize: 32 << 20 }
          : part,
      )
      expect(await problemOf(read(zipOf(parts)))).toMatchObject({ code: 'sheet-bomb', part: name })
    }
  })

  it('a sheet that unpacks to less than it declares', async () => {
    expect(await problemOf(read(withSheet({ declaredSize: 4000 })))).toMatchObject({ code: 'sheet-broken-zip' })
  })

  it('a wrong checksum is found even when every row reads well', async () => {
    expect(await problemOf(read(withSheet({ crc: 1 })))).toEqual({
      code: 'sheet-crc',
      part: 'xl/worksheets/sheet1.xml',
      sheet: 'S',
      file: expect.any(String),
    })
  })

  it('entries that overlap', async () => {
    expect(await problemOf(read(withPart({ name: 'x', data: 'y', headerAt: 0 })))).toMatchObject({
      code: 'sheet-broken-zip',
    })
    expect(await problemOf(read(withSheet({ declaredPackedSize: 99_999 })))).toMatchObject({ code: 'sheet-broken-zip' })
  })

  it('a name in the directory that differs from the one at the entry', async () => {
    expect(await problemOf(read(withSheet({ localName: 'xl/worksheets/sheet2.xml' })))).toMatchObject({
      code: 'sheet-broken-zip',
    })
  })

  it('the same name twice, also in other case', async () => {
    const name = 'XL/worksheets/Sheet1.xml'
    expect(await problemOf(read(withPart({ name, data: worksheet('<sheetData/>') })))).toMatchObject({
      code: 'sheet-broken-zip',
    })
  })

  it.each(['../evil', 'xl/../../evil', '/etc/passwd', 'C:/evil', 'xl\\..\\..\\evil', 'a\0b', ''])(
    'the path %j',
    async (name) => {
      expect(await problemOf(read(withPart({ name, data: '' })))).toMatchObject({
        code: 'sheet-broken-zip',
        reason: 'path',
      })
    },
  )

  it('a way of packing that is not known, and an entry with a password', async () => {
    expect(await problemOf(read(withSheet({ method: 9 })))).toMatchObject({ code: 'sheet-unsupported', found: '9' })
    expect(await problemOf(read(withSheet({ flags: 0x801 })))).toMatchObject({ code: 'sheet-encrypted' })
  })

  it('garbage instead of packed bytes, or behind them', async () => {
    expect(await problemOf(read(withSheet({ packed: Buffer.from('not deflate at all') })))).toMatchObject({
      code: 'sheet-broken-zip',
    })
    const packed = Buffer.concat([deflateRawSync(worksheet(`<sheetData>${rows}</sheetData>`)), Buffer.alloc(50)])
    expect(await problemOf(read(withSheet({ packed })))).toMatchObject({ code: 'sheet-broken-zip' })
  })

  it('every cut of a workbook is a problem, none reads as fewer rows', async () => {
    const whole = bookOf({ rows })
    for (let length = 4; length < whole.length; length += 37) {
      const problem = await problemOf(read(whole.subarray(0, length)))
      expect(['sheet-broken-zip', 'sheet-not-spreadsheet']).toContain(problem.code)
    }
  })

  it('a directory with ZIP64 sizes is read, impossible ones are refused', async () => {
    expect((await read(withSheet({ zip64: true }))).texts).toEqual([['490154203237518']])
    expect(await problemOf(read(withSheet({ zip64: true, declaredSize: 2 ** 52 })))).toMatchObject({
      code: 'sheet-bomb',
    })
    expect(await problemOf(read(withSheet({ zip64: true, headerAt: 2 ** 40 })))).toMatchObject({
      code: 'sheet-broken-zip',
    })
  })

  it('a comment behind the directory and stored entries are harmless', async () => {
    const parts = bookParts({ rows }).map((part) => ({ ...part, stored: true }))
    expect((await read(zipOf(parts, 'made by hand PK\x05\x06'))).texts).toEqual([['490154203237518']])
  })

  it('a part that the workbook names but the archive lacks', async () => {
    const parts = bookParts({ rows }).filter(({ name }) => name !== 'xl/worksheets/sheet1.xml')
    expect(await problemOf(read(zipOf(parts)))).toMatchObject({
      code: 'sheet-broken-part',
      part: 'xl/worksheets/sheet1.xml',
      sheet: 'S',
    })
  })
})

describe('sheets that are too much', () => {
  it('a text of 100 MB in one cell is refused without being kept', async () => {
    const noise = Buffer.alloc(100 << 20)
    for (let i = 0; i < noise.length; i++) noise[i] = 97 + ((i * 7 + (i >> 9)) % 23)
    const sheet = Buffer.concat([
      Buffer.from('<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>'),
      noise,
      Buffer.from('</v></c></row></sheetData></worksheet>'),
    ])
    const packed = Buffer.from(sheet)
    const book = zipOf(bookParts({ sheet: packed, sheetPart: { stored: true } }))
    expect(await problemOf(read(book))).toMatchObject({ code: 'sheet-too-large', row: 1 })
  })

  it('all 16,384 columns are read, one more is refused', async () => {
    const wide = `<row r="1">${'<c><v>1</v></c>'.repeat(16_384)}</row>`
    const sheet = await read(bookOf({ rows: wide }))
    expect(sheet.columns).toBe(16_384)
    expect(sheet.texts[0]).toHaveLength(16_384)
    const wider = `<row r="1">${'<c><v>1</v></c>'.repeat(16_385)}</row>`
    expect(await problemOf(read(bookOf({ rows: wider })))).toMatchObject({ code: 'sheet-too-wide', limit: 16_384 })
  })

  it('rows that hold one far cell each cost no memory for the gap', async () => {
    const far = Array.from(
      { length: 20_000 },
      (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>${i}</v></c></row>`,
    ).join('')
    const book = await openWorkbook(file(bookOf({ rows: far })))
    let count = 0
    for await (const batch of book.rows('S')) {
      for (let i = 0; i < batch.count; i++) if (batch.number(i, 16_383) === batch.rowNumber(i) - 1) count += 1
    }
    await book.close()
    expect(count).toBe(20_000)
  })

  it('empty rows with formats cost nothing and are no rows', async () => {
    const empty = Array.from(
      { length: 50_000 },
      (_, i) => `<row r="${i + 1}" s="5" customFormat="1"><c r="A${i + 1}" s="5"/></row>`,
    ).join('')
    expect(await read(bookOf({ rows: `${empty}<row r="60000"><c r="A60000"><v>1</v></c></row>` }))).toMatchObject({
      rows: 1,
    })
  })
})

describe('files that are no spreadsheets, or are not there', () => {
  it.each([
    ['PDF', '%PDF-1.7\n%âãÏÓ\n'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
    ['XML', '<?xml version="1.0"?><Workbook/>'],
    ['binary', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 97 + (i >> 3)) % 256))],
    ['zip', zipOf([{ name: 'letter.pdf', data: '%PDF-1.4' }])],
  ])('%s is named', async (found, bytes) => {
    expect(await problemOf(read(bytes, {}, 'list.xlsx'))).toMatchObject({ code: 'sheet-not-spreadsheet', found })
  })

  it.each([
    ['HTML', '<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>'],
    ['HTML', '\ufeff<!-- made by a register -->\r\n<table border=1><tr><td>490154203237518</td></tr></table>'],
    ['HTML', Buffer.from('\ufeff<html><body><table><tr><td>490154203237518</td></tr></table>', 'utf16le')],
    ['MHTML', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n'],
    [
      'XML 2003',
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ],
  ])('%s under the name of a workbook is told to be a web page', async (found, bytes) => {
    expect(await problemOf(read(bytes, {}, 'list.xls'))).toMatchObject({ code: 'sheet-web-page', found })
    expect(await problemOf(read(gzipSync(bytes), {}, 'list.xls'))).toMatchObject({ code: 'sheet-web-page', found })
  })

  it('an empty file', async () => {
    expect(await problemOf(read('', {}, 'list.xlsx'))).toMatchObject({
      code: 'sheet-empty-file',
      file: expect.stringContaining('list.xlsx'),
    })
  })

  it('a file that is not there, and a folder', async () => {
    expect(await problemOf(openWorkbook(place('nowhere.csv')))).toMatchObject({ code: 'sheet-missing-file' })
    const folder = place('folder.csv')
    mkdirSync(folder)
    expect(await problemOf(openWorkbook(folder))).toMatchObject({ code: 'file-unreadable' })
  })

  it('an unknown sheet', async () => {
    const book = await openWorkbook(file(bookOf({ rows })))
    expect(await problemOf(readSheet(book, 'T'))).toMatchObject({ code: 'sheet-unknown', sheet: 'T' })
    await book.close()
  })
})

describe('files that change under the reader', () => {
  const many = Array.from({ length: 5000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c></row>`).join(
    '',
  )

  it.each([
    ['grows', (path: string) => appendFileSync(path, '1;2\n')],
    ['is cut off', (path: string) => writeFileSync(path, '1;2\n')],
    ['is removed', (path: string) => unlinkSync(path)],
  ])('a file that %s between opening and the last row', async (_, change) => {
    const csv = '490154203237518;1\n'.repeat(5000)
    for (const bytes of [csv, bookOf({ rows: many })]) {
      const path = file(bytes)
      const book = await openWorkbook(path)
      change(path)
      expect(await problemOf(readSheet(book))).toMatchObject({ code: 'sheet-changed-while-read' })
      await book.close()
    }
  })
})

describe('a drive that vanishes under the reader', () => {
  const csv = Buffer.from('490154203237518;1\n'.repeat(50_000))
  const many = bookOf({
    rows: Array.from({ length: 5000 }, (_, i) => `<row r="${i + 1}"><c><v>${i}</v></c></row>`).join(''),
  })

  it.each([
    ['csv', csv, 3],
    ['xlsx', many, 8],
  ])('ends the reading of %s with a problem, not with fewer rows', async (_, bytes, reads) => {
    const drive = memorySource('list', bytes)
    let left = reads
    const vanishing: Source = {
      ...drive,
      read: (target, position) => {
        if (left-- > 0) return drive.read(target, position)
        return Promise.reject(new SheetError('file-unreadable', { file: 'list', reason: 'EIO' }))
      },
    }
    expect(await problemOf(openSource(vanishing).then((book) => readSheet(book)))).toMatchObject({
      code: 'file-unreadable',
      reason: 'EIO',
    })
  })
})

describe('stopping early', () => {
  const many = Array.from(
    { length: 30_000 },
    (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c></row>`,
  ).join('')

  it.each([
    ['xlsx', bookOf({ rows: many })],
    ['csv', 'a;b\n'.repeat(300_000)],
  ])('a signal ends the reading of %s with its own problem', async (_, bytes) => {
    const book = await openWorkbook(file(bytes))
    const stop = new AbortController()
    let seen = 0
    const reading = (async () => {
      for await (const batch of book.rows(book.sheets[0]?.name as string, { signal: stop.signal })) {
        seen += batch.count
        stop.abort()
      }
    })()
    expect(await problemOf(reading)).toMatchObject({ code: 'cancelled' })
    expect(seen).toBe(1000)
    await book.close()
  })

  it('a reader that is cancelled does not take the shared strings from another one', async () => {
    const text = Array.from({ length: 60_000 }, (_, i) => `<si><t>${'x'.repeat(40)}${i}</t></si>`).join('')
    const shared = '<row r="1"><c r="A1" t="s"><v>59999</v></c></row>'
    const book = await openWorkbook(file(bookOf({ rows: shared, strings: text })))
    const stop = new AbortController()
    const first = problemOf(readSheet(book, 'S', { signal: stop.signal }))
    const second = readSheet(book, 'S')
    stop.abort()
    expect(await first).toMatchObject({ code: 'cancelled' })
    expect((await second).texts).toEqual([[`${'x'.repeat(40)}59999`]])
    await book.close()
  })

  it('a preview reads no further than it needs, and the workbook can be read again', async () => {
    const book = await openWorkbook(file(bookOf({ rows: many })))
    const batches = await book.preview('S', 20)
    expect(batches.map(({ count }) => count)).toEqual([1000])
    expect(batches[0]?.bytesTotal).toBeGreaterThan(0)
    const [one, two] = await Promise.all([readSheet(book), book.survey('S')])
    expect([one.rows, two.rows]).toEqual([30_000, 30_000])
    await book.close()
  })
})

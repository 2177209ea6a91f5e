import { describe, expect, it } from 'vitest'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import { bookOf, worksheet } from './handmade.ts'
import { file, problemOf, read, readSheet } from './reading.ts'

const first = async (rows: string, book: object = {}): Promise<unknown[]> =>
  ((await read(bookOf({ rows, ...book }))).list[0]?.cells ?? []).map(({ kind, value, raw }) => [kind, value, raw])

describe('cells of an .xlsx sheet', () => {
  it('a number keeps the digits as written, also beyond what a number can hold', async () => {
    const rows =
      '<row r="1"><c r="A1"><v>490154203237518</v></c><c r="B1"><v>3.56938E+14</v></c><c r="C1"><v>35693803564380912</v></c><c r="D1"><v>-0.50</v></c></row>'
    expect(await first(rows)).toEqual([
      ['number', 490154203237518, '490154203237518'],
      ['number', 356938000000000, '3.56938E+14'],
      ['number', 35693803564380912, '35693803564380912'],
      ['number', -0.5, '-0.50'],
    ])
  })

  it('text is text whether shared, inline, rich, or the result of a formula', async () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><t>Тізім</t></is></c>' +
      '<c r="C1" t="inlineStr"><is><r><rPr><b/></rPr><t>Sam</t></r><r><t xml:space="preserve">sung </t></r><rPh sb="0" eb="1"><t>xx</t></rPh></is></c>' +
      '<c r="D1" t="str"><f>A1&amp;"x"</f><v>0x &lt;&#x41;&#1178;</v></c></row>'
    const strings = '<si><t>a</t></si><si><r><t>49015</t></r><r><t>4203</t></r><phoneticPr fontId="1"/></si>'
    expect(await first(rows, { strings })).toEqual([
      ['text', '490154203', '490154203'],
      ['text', 'Тізім', 'Тізім'],
      ['text', 'Samsung ', 'Samsung '],
      ['text', '0x <AҚ', '0x <AҚ'],
    ])
  })

  it('escapes of spreadsheets are resolved, an escaped underscore stays one', async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b_x005F_x0041_ _x41_ _xD83D__xDE00_</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    expect((await read(bookOf({ rows, strings: '<si><t>_x0009_&amp;amp;</t></si>' }))).texts).toEqual([
      ['a\rb_x0041_ _x41_ 😀', '\t&amp;'],
    ])
  })

  it('a date is a number with a date format, in both date systems', async () => {
    const xfs = '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/>'
    const numFmts =
      '<numFmts><numFmt numFmtId="170" formatCode="[$-419]DD\\.MM\\.YYYY hh:mm;@"/><numFmt numFmtId="171" formatCode="0&quot; days&quot;"/><numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts>'
    const rows =
      '<row r="1"><c r="A1" s="1"><v>45382</v></c><c r="B1" s="2"><v>45382.586805555555</v></c><c r="C1" s="3"><v>45382</v></c><c r="D1" s="4"><v>1.5</v></c><c r="E1" s="1"><v>60</v></c><c r="F1" s="1"><v>59</v></c><c r="G1" s="1"><v>0.25</v></c><c r="H1" s="1"><v>-1</v></c></row>'
    expect(await first(rows, { xfs, numFmts })).toEqual([
      ['date', '2024-03-31', '45382'],
      ['date', '2024-03-31T14:05:00', '45382.586805555555'],
      ['number', 45382, '45382'],
      ['number', 1.5, '1.5'],
      ['date', null, '60'],
      ['date', '1900-02-28', '59'],
      ['date', '06:00:00', '0.25'],
      ['date', null, '-1'],
    ])
    const workbookPr = '<workbookPr date1904="1"/>'
    expect((await first(rows, { xfs, numFmts, workbookPr }))[0]).toEqual(['date', '2028-04-01', '45382'])
  })

  it('ISO dates, truth values and errors are what they are', async () => {
    const rows =
      '<row r="1"><c r="A1" t="d"><v>2024-03-31T00:00:00.000Z</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="b"><v>false</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    const sheet = await read(bookOf({ rows }))
    expect(sheet.list[0]?.cells.map(({ kind, value }) => [kind, value])).toEqual([
      ['date', '2024-03-31'],
      ['bool', true],
      ['bool', false],
      ['error', '#DIV/0!'],
    ])
    expect(sheet.texts).toEqual([['2024-03-31', 'TRUE', 'FALSE', '#DIV/0!']])
    expect(sheet.notices).toEqual([{ code: 'error-cells', count: 1, row: 1, column: 4 }])
  })

  it('a formula without a saved result is announced; one with an empty text as result is empty', async () => {
    const rows =
      '<row r="3"><c r="B3"><f>SUM(A1:A2)</f></c><c r="C3"><f>1</f><v></v></c><c r="D3" t="str"><f>""</f><v></v></c><c r="E3"><f>1+1</f><v>2</v></c></row>'
    const sheet = await read(bookOf({ rows }))
    expect(sheet.list[0]?.cells.map(({ kind }) => kind)).toEqual([
      'empty',
      'uncalculated',
      'uncalculated',
      'empty',
      'number',
    ])
    expect(sheet.notices).toEqual([{ code: 'uncalculated-formulas', count: 2, row: 3, column: 2 }])
  })

  it('gaps, empty rows and cells without a place of their own keep their row and column', async () => {
    const rows =
      '<row><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row><row r="4" ht="20"><c r="A4" s="0"/></row><row r="7"><c r="C7"><v>3</v></c></row><row><c><v>8</v></c></row>'
    const sheet = await read(bookOf({ rows }))
    expect(sheet.list.map(({ number, texts }) => [number, texts])).toEqual([
      [1, ['1', '', '', '4', '5']],
      [7, ['', '', '3']],
      [8, ['8']],
    ])
    expect(sheet).toMatchObject({ rows: 3, columns: 5 })
  })

  it('hidden rows, hidden columns and merged cells are announced and read', async () => {
    const sheet = worksheet(
      '<dimension ref="A1:B3"/><cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row>' +
        '<row hidden="1" r="2"><c r="A2"><v>2</v></c></row><row r="3" hidden="true"><c r="A3"><v>3</v></c></row></sheetData>' +
        '<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells><pageMargins left="0.7"/>',
    )
    const found = await read(bookOf({ sheet }))
    expect(found.list.map(({ hidden }) => hidden)).toEqual([false, true, true])
    expect(found.notices).toEqual([
      { code: 'hidden-columns', count: 1, row: 1, column: 2 },
      { code: 'hidden-rows', count: 2, row: 2 },
    ])
    expect(found.merges).toEqual([{ firstRow: 1, firstColumn: 1, lastRow: 2, lastColumn: 3 }])
  })

  it('a prefix on every element, comments, CDATA and single quotes change nothing', async () => {
    const sheet =
      "<?xml version='1.0'?>\n<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>\n <x:sheetData>\n" +
      "  <x:row r='1' >\n   <x:c r='A1' t='str'><x:v><![CDATA[<b>]]>&amp;</x:v></x:c><!-- c --><x:c\tr='B1'><x:v> 5 </x:v></x:c>\n  </x:row>\n </x:sheetData>\n</x:worksheet>\n"
    expect((await read(bookOf({ sheet }))).texts).toEqual([['<b>&', '5']])
  })

  it('a sheet in UTF-16 reads like one in UTF-8', async () => {
    const text = `\ufeff${worksheet('<sheetData><row r="1"><c r="A1" t="str"><v>Қазақстан</v></c></row></sheetData>')}`
    expect((await read(bookOf({ sheet: Buffer.from(text, 'utf16le') }))).texts).toEqual([['Қазақстан']])
  })

  it('reading from a later row passes over the earlier ones', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c></row>`).join(
      '',
    )
    const book = await openWorkbook(file(bookOf({ rows })))
    const sheet = await readSheet(book, 'S', { fromRow: 28 })
    await book.close()
    expect(sheet.list.map(({ number, texts }) => [number, texts[0]])).toEqual([
      [28, '27'],
      [29, '28'],
      [30, '29'],
    ])
  })
})

describe('what an .xlsx sheet may not contain', () => {
  it.each([
    ['rows out of order', '<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>', 'sheet-broken-part'],
    ['the same row twice', '<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>', 'sheet-broken-part'],
    ['cells out of order', '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>', 'sheet-broken-part'],
    ['a cell that names another row', '<row r="1"><c r="A2"><v>1</v></c></row>', 'sheet-broken-part'],
    ['a number that is none', '<row r="1"><c r="A1"><v>12a</v></c></row>', 'sheet-broken-part'],
    ['a truth value that is none', '<row r="1"><c r="A1" t="b"><v>2</v></c></row>', 'sheet-broken-part'],
    ['a shared string that is not there', '<row r="1"><c r="A1" t="s"><v>7</v></c></row>', 'sheet-broken-part'],
    ['an unknown type of cell', '<row r="1"><c r="A1" t="z"><v>7</v></c></row>', 'sheet-unsupported'],
    ['an unknown element in a row', '<row r="1"><q r="A1"/></row>', 'sheet-unsupported'],
    ['an unknown element in a cell', '<row r="1"><c r="A1"><q/></c></row>', 'sheet-unsupported'],
    ['an unknown element between rows', '<rows/>', 'sheet-unsupported'],
    ['text between cells', '<row r="1">5<c r="A1"/></row>', 'sheet-broken-part'],
    ['an entity of its own', '<row r="1"><c r="A1" t="str"><v>&xxe;</v></c></row>', 'sheet-dtd'],
    ['a tag that is not closed', '<row r="1"><c r="A1"><v>5</c></row>', 'sheet-broken-part'],
    ['a column after XFD', '<row r="1"><c r="XFE1"><v>1</v></c></row>', 'sheet-too-wide'],
    ['a row after the last', '<row r="1048577"><c><v>1</v></c></row>', 'sheet-too-large'],
  ])('%s', async (_, rows, code) => {
    expect(await problemOf(read(bookOf({ rows }), {}, 'customs.xlsx'))).toMatchObject({
      code,
      sheet: 'S',
      file: expect.stringContaining('customs.xlsx'),
    })
  })

  it('names the row and column of the trouble', async () => {
    const rows = '<row r="6"><c r="B6"><v>1</v></c><c r="D6"><v>1,5</v></c></row>'
    expect(await problemOf(read(bookOf({ rows })))).toMatchObject({
      code: 'sheet-broken-part',
      row: 6,
      value: '1,5',
      reason: 'D6',
    })
  })

  it.each([
    ['cut off inside a row', '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>'],
    ['cut off after the rows', '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'],
    ['two roots', '<worksheet><sheetData/></worksheet><worksheet/>'],
    ['nothing at all', ''],
    [
      'bytes that are not UTF-8',
      Buffer.from('<worksheet><sheetData><row><c t="str"><v>\xff\xfe</v></c></row></sheetData></worksheet>', 'latin1'),
    ],
  ])('a sheet %s', async (_, sheet) => {
    expect(await problemOf(read(bookOf({ sheet })))).toMatchObject({ code: 'sheet-broken-part', sheet: 'S' })
  })

  it('a document type, however it is dressed', async () => {
    const lol = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    for (const sheet of [
      `${lol}<worksheet/>`,
      `<worksheet>${lol}</worksheet>`,
      `<!-- --><?x?>${lol.toLowerCase()}<worksheet/>`,
    ]) {
      expect(await problemOf(read(bookOf({ sheet })))).toMatchObject({ code: 'sheet-dtd' })
    }
  })
})

import { describe, expect, it } from 'vitest'
import { type HandmadePart, zipOf } from './handmade.ts'
import { problemOf, read } from './reading.ts'

const NAMES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'

function odsOf(rows: string, extra: HandmadePart[] = []): Buffer {
  const content = `<?xml version="1.0"?><office:document-content ${NAMES}><office:body><office:spreadsheet><table:table table:name="S"><table:table-column table:number-columns-repeated="3"/>${rows}</table:table></office:spreadsheet></office:body></office:document-content>`
  return zipOf([
    { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
    { name: 'content.xml', data: content },
    ...extra,
  ])
}

const row = (cells: string, attributes = ''): string => `<table:table-row ${attributes}>${cells}</table:table-row>`
const cell = (attributes: string, inside = ''): string => `<table:table-cell ${attributes}>${inside}</table:table-cell>`

describe('cells of an OpenDocument sheet', () => {
  it('every type of value keeps what is written', async () => {
    const cells = [
      cell('office:value-type="float" office:value="3.56938E+14"', '<text:p>3,56938E+14</text:p>'),
      cell('office:value-type="percentage" office:value="0.5"', '<text:p>50%</text:p>'),
      cell('office:value-type="date" office:date-value="2024-03-31T14:05:00.5"'),
      cell('office:value-type="time" office:time-value="PT6H5M0.25S"'),
      cell('office:value-type="boolean" office:boolean-value="false"'),
      cell('office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"', '<text:p>#DIV/0!</text:p>'),
      cell('table:formula="of:=1"'),
      cell('office:value-type="string" office:string-value="only here"'),
    ]
    const sheet = await read(odsOf(row(cells.join(''))))
    expect(sheet.list[0]?.cells.map(({ kind, value, raw }) => [kind, value, raw])).toEqual([
      ['number', 356938000000000, '3.56938E+14'],
      ['number', 0.5, '0.5'],
      ['date', '2024-03-31T14:05:00', '2024-03-31T14:05:00'],
      ['date', '06:05:00', '06:05:00'],
      ['bool', false, '0'],
      ['error', '#DIV/0!', '#DIV/0!'],
      ['uncalculated', null, ''],
      ['text', 'only here', 'only here'],
    ])
    expect(sheet.notices.map(({ code }) => code)).toEqual(['error-cells', 'uncalculated-formulas'])
  })

  it('white space, spans, paragraphs and comments read as the standard says', async () => {
    const text =
      '<office:annotation><text:p>a comment</text:p></office:annotation><text:p><text:s text:c="2"/>one\n   <text:span>two</text:span><text:tab/>&lt;3&gt;<text:line-break/>four</text:p><text:p>five</text:p>'
    expect((await read(odsOf(row(cell('office:value-type="string"', text))))).texts).toEqual([
      ['  one two\t<3>\nfour\nfive'],
    ])
  })

  it('repeated rows and cells are as many as they say, empty ones none', async () => {
    const value = 'office:value-type="float" office:value="7"'
    const sheet = await read(
      odsOf(
        row(cell('table:number-columns-repeated="16384"'), 'table:number-rows-repeated="9"') +
          row(
            cell('table:number-columns-repeated="2"') + cell(`${value} table:number-columns-repeated="3"`),
            'table:number-rows-repeated="2"',
          ) +
          row(cell(value), 'table:visibility="filter"') +
          row(cell(''), 'table:number-rows-repeated="1048563"'),
      ),
    )
    expect(sheet.list.map(({ number, hidden, texts }) => [number, hidden, texts])).toEqual([
      [10, false, ['', '', '7', '7', '7']],
      [11, false, ['', '', '7', '7', '7']],
      [12, true, ['7']],
    ])
    expect(sheet).toMatchObject({ rows: 3, columns: 5, notices: [{ code: 'hidden-rows', count: 1, row: 12 }] })
  })

  it('a few bytes that ask for 17,000 million cells are refused', async () => {
    const value = 'office:value-type="float" office:value="7" table:number-columns-repeated="16384"'
    const bomb = odsOf(row(cell(value), 'table:number-rows-repeated="1048576"'))
    expect(await problemOf(read(bomb))).toMatchObject({ code: 'sheet-bomb', sheet: 'S' })
  })

  it.each([
    ['a number that is none', cell('office:value-type="float" office:value="1,5"'), 'sheet-broken-part'],
    ['a date that is none', cell('office:value-type="date" office:date-value="31.03.2024"'), 'sheet-broken-part'],
    ['an unknown type', cell('office:value-type="money" office:value="1"'), 'sheet-unsupported'],
    ['a repetition that is none', cell('table:number-columns-repeated="-1"'), 'sheet-broken-part'],
    [
      'too many columns',
      cell('office:value-type="float" office:value="1" table:number-columns-repeated="16385"'),
      'sheet-too-wide',
    ],
    ['a table in a cell', cell('', '<table:table table:name="T"></table:table>'), 'sheet-unsupported'],
    ['an entity of its own', cell('office:value-type="string"', '<text:p>&xxe;</text:p>'), 'sheet-dtd'],
    ['a tag that is not closed', '<table:table-cell><text:p></table:table-cell>', 'sheet-broken-part'],
  ])('%s', async (_, cells, code) => {
    expect(await problemOf(read(odsOf(row(cells))))).toMatchObject({ code })
  })

  it('a document with a password is said to have one', async () => {
    const manifest = `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data>
        <manifest:algorithm manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>
        <manifest:key-derivation manifest:key-derivation-name="PBKDF2"/>
      </manifest:encryption-data></manifest:file-entry></manifest:manifest>`
    expect(await problemOf(read(odsOf('', [{ name: 'META-INF/manifest.xml', data: manifest }])))).toMatchObject({
      code: 'sheet-encrypted',
    })
  })
})

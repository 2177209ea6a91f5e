import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import { bookOf, worksheet } from './handmade.ts'
import { file, read } from './reading.ts'

const COLUMNS = ['A', 'B', 'C', 'AA', 'AG', 'AAB']
const STRINGS = '<si><t>a</t></si><si><t>b</t></si><si><t>a</t></si>'
const XFS = '<xf numFmtId="0"/><xf numFmtId="14"/>'

/** One cell as a writer may put it; the same few of them come again and again, as in a list. */
const cell = fc.constantFrom<(at: string) => string>(
  (at) => `<c r="${at}"><v>1</v></c>`,
  (at) => `<c r="${at}"><v>12</v></c>`,
  (at) => `<c r="${at}"><v>-1</v></c>`,
  (at) => `<c r="${at}"><v>490154203237518</v></c>`,
  (at) => `<c r="${at}" s="1"><v>45382</v></c>`,
  (at) => `<c r="${at}" s="1"><v>45382.5</v></c>`,
  (at) => `<c r="${at}" s="1"/>`,
  (at) => `<c r="${at}" t="s"><v>0</v></c>`,
  (at) => `<c r="${at}" t="s"><v>1</v></c>`,
  (at) => `<c r="${at}" t="s"><v>2</v></c>`,
  (at) => `<c r="${at}" t="str"><v>x</v></c>`,
  (at) => `<c r="${at}" t="str"><v>12</v></c>`,
  (at) => `<c r="${at}" t="str"><f>1</f><v>x</v></c>`,
  (at) => `<c r="${at}" t="inlineStr"><is><t>Nokia</t></is></c>`,
  (at) => `<c r="${at}" t="inlineStr"><is><t>Nokia 5</t></is></c>`,
  (at) => `<c r="${at}" t="inlineStr"><is><t>Nokia &amp; Ко</t></is></c>`,
  (at) => `<c r="${at}" t="inlineStr"><is><t>Nokia_x0041_</t></is></c>`,
  (at) => `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">Nokia </t></is></c>`,
  (at) => `<c r="${at}" t="inlineStr"><is><t></t></is></c>`,
  (at) => `<c s="1" r="${at}"><v>45382</v></c>`,
  (at) => `<c r="${at}" t="b"><v>1</v></c>`,
  (at) => `<c r="${at}" t="e"><v>#N/A</v></c>`,
)
const row = fc.record({
  gap: fc.constantFrom(1, 1, 1, 2, 90),
  hidden: fc.constantFrom(false, false, false, true),
  zero: fc.constantFrom('', '', '', '0'),
  cells: fc.array(fc.option(cell, { freq: 6 }), { maxLength: COLUMNS.length }),
})

/** @param above number of the row before the first: how many digits a number has changes on the way */
function sheetOf(rows: readonly (typeof row extends fc.Arbitrary<infer R> ? R : never)[], above = 0): string {
  let number = above
  let xml = ''
  for (const { gap, hidden, zero, cells } of rows) {
    number += gap
    const name = `${zero}${number}`
    const written = cells.map((c, i) => c?.(`${COLUMNS[i]}${name}`) ?? '').join('')
    xml += `<row r="${name}"${hidden ? ' hidden="1"' : number % 5 === 0 ? ' spans="1:6"' : ''}>${written}</row>`
  }
  return worksheet(`<sheetData>${xml}</sheetData>`)
}

/** The same sheet with a prefix at every element, which is read cell by cell without a look at the row above. */
const prefixed = (xml: string): string => xml.replaceAll(/<(\/?)([a-z])/gi, '<$1x:$2').replace('xmlns=', 'xmlns:x=')

describe('cells that are written like those above them', () => {
  it('are read as if each stood alone, and known to say the same exactly where they do', async () => {
    const rows = fc
      .array(fc.tuple(row, fc.integer({ min: 1, max: 4 })), { maxLength: 12 })
      .map((few) => few.flatMap(([one, times]) => new Array<typeof one>(times).fill(one)))
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(0, 995, 9_990, 99_995), async (list, number) => {
        const sheet = sheetOf(list, number)
        const alone = await read(bookOf({ sheet: prefixed(sheet), strings: STRINGS, xfs: XFS }))
        const path = file(bookOf({ sheet, strings: STRINGS, xfs: XFS }))
        expect(await read(bookOf({ sheet, strings: STRINGS, xfs: XFS }))).toEqual(alone)
        const book = await openWorkbook(path)
        for await (const batch of book.rows('S'))
          for (let i = 1; i < batch.count; i++)
            for (let column = 0; column < 704; column += column < 34 ? 1 : 670) {
              const alike =
                batch.kind(i, column) === batch.kind(i - 1, column) && batch.raw(i, column) === batch.raw(i - 1, column)
              if (batch.sameCells(i, i - 1, [column])) expect(alike).toBe(true)
            }
        await book.close()
      }),
      { numRuns: 80 },
    )
  })

  it('also across the batches of a long sheet', async () => {
    const rows = Array.from({ length: 2600 }, (_, i) => {
      const name = i % 7 === 3 ? 'Xiaomi' : 'Samsung &amp; Ко'
      return `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c><c r="B${i + 1}" t="inlineStr"><is><t>${name}</t></is></c><c r="C${i + 1}" t="s"><v>${i % 3}</v></c></row>`
    })
    const { texts } = await read(bookOf({ rows: rows.join(''), strings: STRINGS }))
    expect(texts).toEqual(
      rows.map((_, i) => [String(i), i % 7 === 3 ? 'Xiaomi' : 'Samsung & Ко', ['a', 'b', 'a'][i % 3]]),
    )
  })

  it('also where a column changes how it is written in every row', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => {
      const other = i % 2 === 0 ? `s="1"><v>${45_000 + i}</v>` : `t="s"><v>${i % 3}</v>`
      return `<row r="${i + 1}"><c r="A${i + 1}" ${other}</c><c r="B${i + 1}"><v>7</v></c></row>`
    })
    const { texts } = await read(bookOf({ rows: rows.join(''), strings: STRINGS, xfs: XFS }))
    const day = (i: number): string =>
      new Date(Date.UTC(1899, 11, 30) + (45_000 + i) * 86_400_000).toISOString().slice(0, 10)
    expect(texts).toEqual(rows.map((_, i) => [i % 2 === 0 ? day(i) : ['a', 'b', 'a'][i % 3], '7']))
  })

  it('a cell cut off by the end of the file is not taken from the row above', async () => {
    const sheet = sheetOf([])
    const cut = sheet.replace(
      '</sheetData></worksheet>',
      '<row r="1"><c r="A1"><v>17</v></c><c r="B1"><v>18</v></c></row><row r="2"><c r="A2"><v>17</v></c><c r="B2"><v>1',
    )
    await expect(read(bookOf({ sheet: cut }))).rejects.toMatchObject({ code: 'sheet-broken-part' })
  })
})

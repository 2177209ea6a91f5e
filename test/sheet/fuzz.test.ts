import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openWorkbook } from '../../src/sheet/openWorkbook.ts'
import { SheetError } from '../../src/sheet/sheetError.ts'
import type { OpenOptions } from '../../src/sheet/workbook.ts'
import { bookParts, type HandmadePart, zipOf } from './handmade.ts'
import { mutated, randomFrom } from './mutants.ts'
import { file, readSheet } from './reading.ts'

/** Files each; a soak run raises it. */
const RUNS = Number(process.env.SHEET_FUZZ ?? 120)

/** All sheets as text, or the code of the problem; anything else that is thrown fails the test. */
async function outcome(bytes: Buffer, options: OpenOptions = {}): Promise<string> {
  try {
    const book = await openWorkbook(file(bytes), options)
    try {
      const sheets = []
      for (const { name } of book.sheets) sheets.push([name, (await readSheet(book, name)).texts])
      return JSON.stringify(sheets)
    } finally {
      await book.close()
    }
  } catch (error) {
    if (error instanceof SheetError) return error.code
    throw error
  }
}

const fixture = (name: string): Buffer => readFileSync(new URL(`fixtures/${name}`, import.meta.url))

const BOOK = {
  rows: Array.from(
    { length: 12 },
    (_, i) =>
      `<row r="${i + 1}"${i === 5 ? ' hidden="1"' : ''}><c r="A${i + 1}" t="s"><v>${i % 3}</v></c><c r="B${i + 1}"><v>${i}.5</v></c>` +
      `<c r="C${i + 1}" t="inlineStr"><is><t xml:space="preserve">a &amp; b _x000D_</t></is></c><c r="D${i + 1}" t="b"><f>1=1</f><v>1</v></c></row>`,
  ).join(''),
  strings:
    '<si><t>490154203237518</t></si><si><r><t>Қаз</t></r><r><t>ақ</t></r></si><si><t xml:space="preserve"> x </t></si>',
}

describe('damaged files give their rows or a problem, never a crash', { timeout: 2000 * RUNS }, () => {
  it.each([
    'openpyxl.xlsx',
    'xlsxwriter-inline.xlsx',
    'excel-writer.xlsx',
    'libreoffice.xlsx',
    'gnumeric.ods',
    'sheetjs.xlsb',
  ])('what still opens of %s after damage has every row it had', async (name) => {
    const random = randomFrom(1)
    const original = fixture(name)
    const whole = await outcome(original)
    const problems = new Set<string>()
    for (let i = 0; i < RUNS; i++) {
      const result = await outcome(mutated(original, random))
      if (result !== whole) problems.add(result)
    }
    // Checksums cover every part, so damage that reads as other rows would be a silent loss.
    for (const problem of problems) expect(problem).toMatch(/^(sheet|file)-[a-z-]+$/)
    expect(problems.size).toBeGreaterThan(1)
  })

  it('parts changed inside a zip with right checksums', async () => {
    const random = randomFrom(2)
    const outcomes = new Set<string>()
    const parts = bookParts(BOOK)
    for (let i = 0; i < RUNS * 3; i++) {
      const victim = random(3) === 0 ? random(parts.length) : parts.length - 1 - random(2)
      const changed = parts.map(
        (part, at): HandmadePart =>
          at === victim ? { ...part, data: mutated(Buffer.from(part.data as string), random) } : part,
      )
      outcomes.add((await outcome(zipOf(changed))).slice(0, 20))
    }
    for (const code of ['sheet-broken-part', 'sheet-unsupported']) expect(outcomes).toContain(code)
  })

  it.each(['gnumeric.xls', 'libreoffice.xls', 'sheetjs.xls'])('%s', async (name) => {
    const random = randomFrom(3)
    const original = fixture(name)
    const outcomes = new Set<string>()
    // Each of these starts a thread.
    for (let i = 0; i < RUNS / 8; i++) outcomes.add(await outcome(mutated(original, random)))
    expect(outcomes.size).toBeGreaterThan(1)
  })

  it.each(['encrypted-agile.xlsx', 'encrypted-standard.xlsx', 'encrypted.xls'])('%s', async (name) => {
    const random = randomFrom(5)
    const original = fixture(name)
    const outcomes = new Set<string>()
    // Each of these derives a key, which is slow on purpose.
    for (let i = 0; i < RUNS / 6; i++) outcomes.add(await outcome(mutated(original, random), { password: 'Үлгі-2024' }))
    expect(outcomes.size).toBeGreaterThan(1)
  })

  it('a locked .ods gives its rows or a problem, whatever was changed in it', async () => {
    const random = randomFrom(5)
    const original = fixture('encrypted.ods')
    const whole = await outcome(original, { password: 'Үлгі-2024' })
    expect(whole).toMatch(/^\[/)
    for (let i = 0; i < RUNS / 6; i++) {
      const result = await outcome(mutated(original, random), { password: 'Үлгі-2024' })
      if (result.startsWith('[')) expect(result).toBe(whole)
    }
  })

  it('text files keep every digit that was not damaged', async () => {
    const random = randomFrom(4)
    const original = Buffer.from(`imei;"name"\n${'490154203237518;"a ""b"""\r\n'.repeat(40)}`)
    for (let i = 0; i < RUNS * 2; i++) {
      const bytes = mutated(original, random)
      const result = await outcome(bytes)
      if (!result.startsWith('[')) continue
      const count = (text: string): number => text.split('490154203237518').length - 1
      expect(count(result)).toBe(count(bytes.toString('latin1')))
    }
  })
})

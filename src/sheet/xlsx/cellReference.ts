import { SheetError } from '../sheetError.ts'
import type { MergedRange } from '../workbook.ts'
import { LAST_COLUMN, LAST_ROW } from './xlsxLimits.ts'

/** Row and column, both from 1, of a reference like `AB12`. Throws `sheet-broken-part`, `sheet-too-wide` or `sheet-too-large`. */
export function parseReference(text: string): { row: number; column: number } {
  const match = /^\$?([A-Z]{1,7})\$?([0-9]{1,9})$/i.exec(text)
  if (match === null) throw new SheetError('sheet-broken-part', { value: text.slice(0, 40) })
  let column = 0
  for (const letter of (match[1] as string).toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  const row = Number(match[2])
  if (column > LAST_COLUMN) throw new SheetError('sheet-too-wide', { limit: LAST_COLUMN, actual: column, value: text })
  if (row < 1 || row > LAST_ROW) throw new SheetError('sheet-too-large', { limit: LAST_ROW, actual: row, value: text })
  return { row, column }
}

/** `A1:C3` or a single `A1`. */
export function parseRange(text: string): MergedRange {
  const [first, last] = text.split(':') as [string, string?]
  const from = parseReference(first)
  const to = last === undefined ? from : parseReference(last)
  return { firstRow: from.row, firstColumn: from.column, lastRow: to.row, lastColumn: to.column }
}

/** Letters of a column, from 1: `A`, `XFD`. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}

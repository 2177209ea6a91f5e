import type { BatchField } from './batchField.ts'

export type RowCellKind = 'empty' | 'text' | 'number' | 'date' | 'bool' | 'error' | 'uncalculated'

/** The row at hand, by field. A field without a column is empty. The same object stands for row after row. */
export interface RowCells {
  kind(field: BatchField): RowCellKind
  /** Text exactly as the file has it (numbers: their source digits; dates: ISO); '' when empty. */
  text(field: BatchField): string
  /** What the spreadsheet says of a date cell; null for other kinds. */
  iso(field: BatchField): string | null
  /** The value of a cell of exactly 15 digits, else -1: the fast way for the many sound ones. */
  digits15(field: BatchField): number
  /** True where these cells are certainly the same as in the row before: the fast way for the many that repeat. */
  areRepeated?(fields: readonly BatchField[]): boolean
}

/** What people write where nothing is to be written. */
const NOTHING = /^(?:[-–—_.*]+|нет|жоқ|жок|no|none|null|n\/?a|н\/д|отсутствует|б\/н)$/i

/** The text of a cell, '' also where it only says that there is nothing. */
export function written(row: RowCells, field: BatchField): string {
  const text = row.text(field).trim()
  const first = text.charCodeAt(0)
  // what begins with a digit says something
  if (first >= 48 && first <= 57) return text
  return text !== '' && NOTHING.test(text) ? '' : text
}

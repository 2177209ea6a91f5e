/** A value to be written. Text is always written as text, never as a formula. */
export type CellValue = string | number | boolean | Date | null | undefined

/** A value with a mark that colours its cell (spreadsheets only; a CSV has no colours). */
export interface MarkedCell {
  readonly value: CellValue
  readonly mark: CellMark
}

/** `wrap`: a long text goes on over lines. */
export type CellMark = 'error' | 'warning' | 'bold' | 'wrap'

export type CellInput = CellValue | MarkedCell

/** Rows may come from an array, a generator, or a database cursor. */
export type RowsInput = Iterable<readonly CellInput[]> | AsyncIterable<readonly CellInput[]>

/** The value of a cell without its mark. */
export function plainValue(cell: CellInput): CellValue {
  return isMarked(cell) ? cell.value : cell
}

export function isMarked(cell: CellInput): cell is MarkedCell {
  return typeof cell === 'object' && cell !== null && !(cell instanceof Date)
}

/** ISO text of a Date in UTC: the day alone at midnight, else with the time to the second. */
export function isoOfDate(date: Date): string {
  const iso = date.toISOString()
  return iso.slice(11, 19) === '00:00:00' ? iso.slice(0, 10) : iso.slice(0, 19)
}

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

/**
 * A row whose cells behind the first come in parts that are the same arrays in many rows (what is said of a model, of a listing):
 * a writer formats each part once. Cells of parts have no marks.
 */
export interface PartedRow {
  readonly first: CellValue
  readonly parts: readonly (readonly CellValue[])[]
}

export type RowInput = readonly CellInput[] | PartedRow

/** Rows may come from an array, a generator, or a database cursor. */
export type RowsInput = Iterable<RowInput> | AsyncIterable<RowInput>

export const isParted = (row: RowInput): row is PartedRow => !Array.isArray(row)

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

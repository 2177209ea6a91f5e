import type { Mapping } from '../../../contract/engine/batch.ts'
import { BATCH_FIELDS, type BatchField } from '../../../domain/checks/batchField.ts'
import type { RowCellKind, RowCells } from '../../../domain/checks/rowCells.ts'
import type { JudgedRows } from '../fix/fixedRows.ts'

/** A row of a sheet as the checks see it: by field. One object moves from row to row. */
export class SheetRow implements RowCells {
  readonly #columns: Readonly<Record<BatchField, number>>
  /** Columns of lists of fields that were asked about together. */
  readonly #asked = new Map<readonly BatchField[], readonly number[]>()
  #askedLast: readonly BatchField[] = []
  #columnsAsked: readonly number[] = []
  #batch: JudgedRows | null = null
  #row = 0
  /** The row judged before, where it is in the same batch; else -1. */
  #before = -1

  constructor(mapping: Mapping) {
    this.#columns = Object.fromEntries(BATCH_FIELDS.map((f) => [f, mapping[f] ?? -1])) as Record<BatchField, number>
  }

  moveTo(batch: JudgedRows, row: number): void {
    this.#before = batch === this.#batch && row === this.#row + 1 ? this.#row : -1
    this.#batch = batch
    this.#row = row
  }

  #columnsOf(fields: readonly BatchField[]): readonly number[] {
    let columns = this.#asked.get(fields)
    if (columns === undefined) {
      columns = fields.map((f) => this.#columns[f]).filter((column) => column >= 0)
      this.#asked.set(fields, columns)
    }
    this.#askedLast = fields
    this.#columnsAsked = columns
    return columns
  }

  kind(field: BatchField): RowCellKind {
    const column = this.#columns[field]
    return column < 0 ? 'empty' : (this.#batch as JudgedRows).kind(this.#row, column)
  }

  text(field: BatchField): string {
    const column = this.#columns[field]
    return column < 0 ? '' : (this.#batch as JudgedRows).text(this.#row, column)
  }

  iso(field: BatchField): string | null {
    const column = this.#columns[field]
    return column < 0 ? null : (this.#batch as JudgedRows).iso(this.#row, column)
  }

  areRepeated(fields: readonly BatchField[]): boolean {
    if (this.#before < 0) return false
    const columns = fields === this.#askedLast ? this.#columnsAsked : this.#columnsOf(fields)
    return (this.#batch as JudgedRows).sameCells?.(this.#row, this.#before, columns) === true
  }

  digits15(field: BatchField): number {
    const column = this.#columns[field]
    return column < 0 ? -1 : (this.#batch as JudgedRows).digits(this.#row, column, 15)
  }
}

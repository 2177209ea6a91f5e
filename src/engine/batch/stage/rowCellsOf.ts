import type { Mapping } from '../../../contract/engine/batch.ts'
import { BATCH_FIELDS, type BatchField } from '../../../domain/checks/batchField.ts'
import type { RowCellKind, RowCells } from '../../../domain/checks/rowCells.ts'
import type { JudgedRows } from '../fix/fixedRows.ts'

/** A row of a sheet as the checks see it: by field. One object moves from row to row. */
export class SheetRow implements RowCells {
  readonly #columns: Readonly<Record<BatchField, number>>
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

  isRepeated(field: BatchField): boolean {
    if (this.#before < 0) return false
    const column = this.#columns[field]
    return column < 0 || (this.#batch as JudgedRows).sameText?.(this.#row, this.#before, column) === true
  }

  digits15(field: BatchField): number {
    const column = this.#columns[field]
    return column < 0 ? -1 : (this.#batch as JudgedRows).digits(this.#row, column, 15)
  }
}

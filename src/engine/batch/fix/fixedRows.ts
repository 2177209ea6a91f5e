import { type FieldColumns, fixedCells, rowFix } from '../../../domain/fix/applySteps.ts'
import { type ChangedCells, type FixRow, type FixStep, NO_CHANGE, type RowFix } from '../../../domain/fix/fixStep.ts'
import type { CellKind, RowBatch } from '../../../sheet/rowBatch.ts'

/** Rows as they are judged: those of the file, or what corrections made of them. */
export type JudgedRows = Pick<
  RowBatch,
  'count' | 'rowNumber' | 'kind' | 'text' | 'iso' | 'digits' | 'texts' | 'hidden'
> & {
  /** See `RowBatch.sameCells`; absent where corrections changed cells. */
  sameCells?(row: number, other: number, columns: readonly number[]): boolean
  /** What stood in the cells that corrections changed, by column. */
  originals?(row: number): ReadonlyMap<number, string>
}

/** Makes the rows of a file as its steps leave them; without steps they are the file's own. */
export class Fixing {
  readonly #fixes: readonly RowFix[]

  constructor(steps: readonly FixStep[], columns: FieldColumns) {
    this.#fixes = steps.map((step) => rowFix(step, columns))
  }

  /** @param after rows up to this number (title rows, the header) stay as they are */
  rows(batch: RowBatch, after: number): JudgedRows {
    if (this.#fixes.length === 0) return batch
    const changed = new Map<number, ChangedCells>()
    const row = new BatchRow(batch)
    for (let i = 0; i < batch.count; i++) {
      if (batch.rowNumber(i) <= after) continue
      const cells = fixedCells(this.#fixes, row.moveTo(i))
      if (cells.size > 0) changed.set(i, cells)
    }
    return changed.size === 0 ? batch : new FixedRows(batch, changed)
  }
}

/** A row of a batch as rules see it. One object moves from row to row. */
export class BatchRow implements FixRow {
  readonly #batch: JudgedRows
  #row = 0

  constructor(batch: JudgedRows) {
    this.#batch = batch
  }

  moveTo(row: number): this {
    this.#row = row
    return this
  }

  get number(): number {
    return this.#batch.rowNumber(this.#row)
  }

  cell(column: number): string {
    return this.#batch.text(this.#row, column)
  }
}

/** A batch some cells of which have been changed; a changed cell is text, as if the sender had written so. */
class FixedRows implements JudgedRows {
  readonly count: number
  readonly #batch: RowBatch
  readonly #changed: ReadonlyMap<number, ChangedCells>

  constructor(batch: RowBatch, changed: ReadonlyMap<number, ChangedCells>) {
    this.count = batch.count
    this.#batch = batch
    this.#changed = changed
  }

  rowNumber(row: number): number {
    return this.#batch.rowNumber(row)
  }

  hidden(row: number): boolean {
    return this.#batch.hidden(row)
  }

  #text(row: number, column: number): string | undefined {
    return this.#changed.get(row)?.get(column)
  }

  kind(row: number, column: number): CellKind {
    const text = this.#text(row, column)
    return text === undefined ? this.#batch.kind(row, column) : text === '' ? 'empty' : 'text'
  }

  text(row: number, column: number): string {
    return this.#text(row, column) ?? this.#batch.text(row, column)
  }

  iso(row: number, column: number): string | null {
    return this.#text(row, column) === undefined ? this.#batch.iso(row, column) : null
  }

  digits(row: number, column: number, length: number): number {
    const text = this.#text(row, column)
    if (text === undefined) return this.#batch.digits(row, column, length)
    return text.length === length && /^\d{1,15}$/.test(text) ? Number(text) : -1
  }

  texts(row: number): string[] {
    const texts = this.#batch.texts(row)
    for (const [column, text] of this.#changed.get(row) ?? NO_CHANGE) {
      while (texts.length < column) texts.push('')
      texts[column] = text
    }
    return texts
  }

  originals(row: number): ReadonlyMap<number, string> {
    const changed = this.#changed.get(row)
    return changed === undefined
      ? NO_CHANGE
      : new Map([...changed.keys()].map((column) => [column, this.#batch.text(row, column)]))
  }
}

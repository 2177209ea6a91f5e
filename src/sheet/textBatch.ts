import { Buffer } from 'node:buffer'
import { BatchBuilder } from './batchBuilder.ts'
import type { RowBatch, RowParts } from './rowBatch.ts'
import type { SheetFindings } from './sheetFindings.ts'

/** Builds batches from values that a reader already has as strings. */
export class TextBatch {
  readonly #builder: BatchBuilder
  readonly #findings: SheetFindings
  #texts: string[] = []
  #length = 0

  constructor(date1904: boolean, findings: SheetFindings) {
    this.#builder = new BatchBuilder(null, date1904)
    this.#findings = findings
  }

  /** A cell of the row being built; columns from 0 and ascending. */
  add(column: number, stored: number, text: string): void {
    const bytes = Buffer.byteLength(text)
    this.#builder.add(column, stored, this.#length, this.#length + bytes)
    this.#texts.push(text)
    this.#length += bytes
  }

  /** Closes the row; rows count from 1, one without cells leaves no trace. */
  endRow(row: number, hidden: boolean): void {
    const builder = this.#builder
    if (builder.cells === builder.cellStart[builder.rows]) return
    const findings = this.#findings
    if (hidden) findings.note('hidden-rows', row)
    findings.rows += 1
    findings.columns = Math.max(findings.columns, builder.lastColumn + 1)
    builder.endRow(row, hidden)
  }

  get full(): boolean {
    return this.#builder.full(this.#length)
  }

  /** The closed rows; null when there are none. */
  take(bytesRead: number, bytesTotal: number): RowBatch | null {
    return this.#builder.take(this.#block(), bytesRead, bytesTotal)
  }

  /** As `take`, for a thread that hands its rows to another one. */
  takeParts(): RowParts | null {
    return this.#builder.takeParts(this.#block())
  }

  #block(): Buffer {
    const bytes = Buffer.from(this.#texts.join(''))
    this.#texts = []
    this.#length = 0
    return bytes
  }
}

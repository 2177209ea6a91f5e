import type { Buffer } from 'node:buffer'
import { RowBatch, type RowParts } from './rowBatch.ts'
import type { StringTable } from './stringTable.ts'
import { TextCache } from './textCache.ts'

/** A batch ends at whichever comes first, so that wide sheets and long texts cost no more memory than narrow ones. */
export const BATCH_ROWS = 1000
const BATCH_CELLS = 1 << 16
export const BATCH_BYTES = 1 << 20
/** Batches given back that are kept for the next rows. */
const MOST_SPARE = 2

/**
 * Collects rows for a `RowBatch`. Readers write into the public arrays directly (one call a cell would cost more than
 * the scan itself), always after `reserve`; `from` and `to` refer to the byte block handed to `take`.
 */
export class BatchBuilder {
  rows = 0
  cells = 0
  rowNumbers: Uint32Array
  hidden: Uint8Array
  repeated: Uint32Array
  cellStart: Uint32Array
  columns: Uint16Array
  stored: Uint8Array
  from: Uint32Array
  to: Uint32Array
  readonly #strings: StringTable | null
  readonly #date1904: boolean
  readonly #cache = new TextCache()
  readonly #spare: RowParts[] = []
  readonly #blocks: Buffer[] = []

  constructor(strings: StringTable | null = null, date1904 = false) {
    this.#strings = strings
    this.#date1904 = date1904
    const { rowNumbers, hidden, repeated, cellStart, columns, stored, from, to } = emptyParts(1024)
    this.rowNumbers = rowNumbers
    this.hidden = hidden
    this.repeated = repeated
    this.cellStart = cellStart
    this.columns = columns
    this.stored = stored
    this.from = from
    this.to = to
  }

  /** A block of bytes that came back with a batch; undefined where none did. */
  spareBytes(): Buffer | undefined {
    return this.#blocks.pop()
  }

  #takeBack(parts: RowParts): void {
    if (this.#spare.length < MOST_SPARE) this.#spare.push(parts)
    if (this.#blocks.length < MOST_SPARE) this.#blocks.push(parts.bytes)
  }

  /** Room for at least one more cell. */
  grow(): void {
    const capacity = this.columns.length * 2
    this.columns = enlarged(this.columns, new Uint16Array(capacity))
    this.stored = enlarged(this.stored, new Uint8Array(capacity))
    this.from = enlarged(this.from, new Uint32Array(capacity))
    this.to = enlarged(this.to, new Uint32Array(capacity))
  }

  /** One cell, for readers that are in no hurry. */
  add(column: number, stored: number, from: number, to: number): void {
    if (this.cells === this.columns.length) this.grow()
    this.columns[this.cells] = column
    this.stored[this.cells] = stored
    this.from[this.cells] = from
    this.to[this.cells] = to
    this.cells += 1
  }

  /**
   * Closes the row of the cells added since the last one; a row without cells leaves no trace.
   * @param repeated a bit for each of the first 32 columns that certainly says the same as in the row before, of this batch
   */
  endRow(rowNumber: number, hidden: boolean, repeated = 0): void {
    if (this.cellStart[this.rows] === this.cells) return
    this.rowNumbers[this.rows] = rowNumber
    this.hidden[this.rows] = hidden ? 1 : 0
    this.repeated[this.rows] = repeated
    this.rows += 1
    this.cellStart[this.rows] = this.cells
  }

  /** Whether the batch should be handed out now, `bytes` being the length of its byte block. */
  full(bytes: number): boolean {
    return this.rows === BATCH_ROWS || this.cells >= BATCH_CELLS || bytes >= BATCH_BYTES
  }

  /** The closed rows as a batch that owns `bytes`, and a fresh start; null when there are none. */
  take(bytes: Buffer, bytesRead: number, bytesTotal: number): RowBatch | null {
    const parts = this.takeParts(bytes)
    if (parts === null) return null
    return new RowBatch(
      {
        ...parts,
        strings: this.#strings,
        cache: this.#cache,
        date1904: this.#date1904,
        takeBack: (given) => this.#takeBack(given),
      },
      bytesRead,
      bytesTotal,
    )
  }

  /** As `take`, for a thread that hands its rows to another one. */
  takeParts(bytes: Buffer): RowParts | null {
    if (this.rows === 0) return null
    const parts: RowParts = {
      count: this.rows,
      rowNumbers: this.rowNumbers,
      hidden: this.hidden,
      repeated: this.repeated,
      cellStart: this.cellStart,
      columns: this.columns,
      stored: this.stored,
      from: this.from,
      to: this.to,
      bytes,
    }
    this.#startOver(this.#spare.pop() ?? emptyParts(Math.max(1024, this.cells + (this.cells >> 3))))
    return parts
  }

  #startOver(into: Omit<RowParts, 'bytes' | 'count'>): void {
    this.rowNumbers = into.rowNumbers
    this.hidden = into.hidden
    this.repeated = into.repeated
    this.cellStart = into.cellStart
    this.columns = into.columns
    this.stored = into.stored
    this.from = into.from
    this.to = into.to
    this.rows = 0
    this.cells = 0
  }
}

const emptyParts = (cells: number): Omit<RowParts, 'bytes' | 'count'> => ({
  rowNumbers: new Uint32Array(BATCH_ROWS),
  hidden: new Uint8Array(BATCH_ROWS),
  repeated: new Uint32Array(BATCH_ROWS),
  cellStart: new Uint32Array(BATCH_ROWS + 1),
  columns: new Uint16Array(cells),
  stored: new Uint8Array(cells),
  from: new Uint32Array(cells),
  to: new Uint32Array(cells),
})

function enlarged<T extends Uint8Array | Uint16Array | Uint32Array>(old: T, bigger: T): T {
  bigger.set(old)
  return bigger
}

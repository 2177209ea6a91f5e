import type { Buffer } from 'node:buffer'
import { RowBatch, type RowParts, STORED_BITS, TRIPLE } from './rowBatch.ts'
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
 * the scan itself), with room made by `grow`; where a text begins and ends refers to the byte block handed to `take`.
 */
export class BatchBuilder {
  rows = 0
  cells = 0
  rowNumbers: Uint32Array
  hidden: Uint8Array
  repeated: Uint32Array
  cellStart: Uint32Array
  triples: Int32Array
  readonly #strings: StringTable | null
  readonly #date1904: boolean
  readonly #cache = new TextCache()
  readonly #spare: RowParts[] = []
  readonly #blocks: Buffer[] = []

  constructor(strings: StringTable | null = null, date1904 = false) {
    this.#strings = strings
    this.#date1904 = date1904
    const { rowNumbers, hidden, repeated, cellStart, triples } = emptyParts(1024)
    this.rowNumbers = rowNumbers
    this.hidden = hidden
    this.repeated = repeated
    this.cellStart = cellStart
    this.triples = triples
  }

  /** A block of bytes that came back with a batch; undefined where none did. */
  spareBytes(): Buffer | undefined {
    return this.#blocks.pop()
  }

  #takeBack(parts: RowParts): void {
    if (this.#spare.length < MOST_SPARE) this.#spare.push(parts)
    if (this.#blocks.length < MOST_SPARE) this.#blocks.push(parts.bytes)
  }

  /** Twice as much room for cells. */
  grow(): void {
    const bigger = new Int32Array(this.triples.length * 2)
    bigger.set(this.triples)
    this.triples = bigger
  }

  /** Column (from 0) of the cell added last. */
  get lastColumn(): number {
    return (this.triples[(this.cells - 1) * TRIPLE] as number) >>> STORED_BITS
  }

  /** One cell, for readers that are in no hurry. */
  add(column: number, stored: number, from: number, to: number): void {
    const at = this.cells * TRIPLE
    if (at === this.triples.length) this.grow()
    const { triples } = this
    triples[at] = (column << STORED_BITS) | stored
    triples[at + 1] = from
    triples[at + 2] = to
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
      triples: this.triples,
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
    this.triples = into.triples
    this.rows = 0
    this.cells = 0
  }
}

const emptyParts = (cells: number): Omit<RowParts, 'bytes' | 'count'> => ({
  rowNumbers: new Uint32Array(BATCH_ROWS),
  hidden: new Uint8Array(BATCH_ROWS),
  repeated: new Uint32Array(BATCH_ROWS),
  cellStart: new Uint32Array(BATCH_ROWS + 1),
  triples: new Int32Array(cells * TRIPLE),
})

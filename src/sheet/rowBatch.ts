import type { Buffer } from 'node:buffer'
import { isoOfSerial } from './excelDate.ts'
import { sameBytes, wordsOf } from './sameBytes.ts'
import type { StringTable } from './stringTable.ts'
import type { TextCache } from './textCache.ts'

/**
 * What a cell holds. `uncalculated` is a formula whose writer saved no result: it has a value, but not in the file.
 * A `date` is a number with a date format (or an ISO date): whether that number is a possible date, `iso` tells.
 */
export type CellKind = 'empty' | 'text' | 'number' | 'date' | 'bool' | 'error' | 'uncalculated'

/** How a cell is stored inside a batch. Only the readers of this room write these. */
export const STORED = {
  text: 1,
  number: 2,
  date: 3,
  bool: 4,
  error: 5,
  uncalculated: 6,
  /** Text kept in the string table; `from` is its index. */
  shared: 7,
  isoDate: 8,
} as const

/** Numbers a cell takes in `triples`, and the bits of the first one that say how it is stored; the others are its column. */
export const TRIPLE = 3
export const STORED_BITS = 4
const STORED_MASK = (1 << STORED_BITS) - 1

const KINDS: readonly CellKind[] = [
  'empty', 'text', 'number', 'date', 'bool', 'error', 'uncalculated', 'text', 'date',
] // biome-ignore format: one line reads as the table it is

export interface Cell {
  readonly kind: CellKind
  /** Text as it stands; a number; true or false; the ISO text of a date; the error's name; null when empty or uncalculated. */
  readonly value: string | number | boolean | null
  /** The characters of the file: for numbers and dates exactly the digits as written. */
  readonly raw: string
}

/** The arrays a batch is made of. Cells of row `i` are `cellStart[i]` … `cellStart[i + 1]`, columns ascending. */
export interface RowParts {
  readonly count: number
  readonly rowNumbers: Uint32Array
  readonly hidden: Uint8Array
  /** A bit for each of the first 32 columns whose cell is certainly the same as in the row before; 0 where the reader does not know. */
  readonly repeated: Uint32Array
  readonly cellStart: Uint32Array
  /** Of each cell three numbers side by side: column and how it is stored, where its text begins and where it ends. */
  readonly triples: Int32Array
  readonly bytes: Buffer
}

/** With what the cells refer to. */
export interface BatchParts extends RowParts {
  readonly strings: StringTable | null
  readonly cache: TextCache
  readonly date1904: boolean
  /** Takes the arrays and the block back once nobody reads them any more. */
  readonly takeBack?: (parts: RowParts) => void
}

/**
 * Some consecutive rows of a sheet (at most 1,000), kept as the bytes of the file; values are made when asked for.
 * Rows count from 0 inside the batch (`rowNumber` gives the sheet's own number, from 1), columns from 0.
 * Rows without any value are not in a batch: the row numbers show the gap. A batch stays valid as long as it is kept.
 */
export class RowBatch {
  /** Number of rows in this batch, at least 1. */
  readonly count: number
  /** Bytes of the file read so far, of `bytesTotal`: for progress. */
  readonly bytesRead: number
  readonly bytesTotal: number
  #parts: BatchParts
  /** The bytes, to be read four at a time. */
  readonly #words: DataView

  constructor(parts: BatchParts, bytesRead: number, bytesTotal: number) {
    this.#parts = parts
    this.#words = wordsOf(parts.bytes)
    this.count = parts.count
    this.bytesRead = bytesRead
    this.bytesTotal = bytesTotal
  }

  /**
   * Gives the memory back to the reader, who uses it for the next rows: a large file then needs a few batches instead of hundreds.
   * The batch must not be asked for anything afterwards.
   */
  release(): void {
    const parts = this.#parts
    this.#parts = RELEASED
    parts.takeBack?.(parts)
  }

  /** The row's number in the sheet, from 1. */
  rowNumber(row: number): number {
    return this.#parts.rowNumbers[row] as number
  }

  /** Whether the row is hidden in the sheet (by hand or by a filter). */
  hidden(row: number): boolean {
    return this.#parts.hidden[row] === 1
  }

  /** One more than the last column of the row that is stored; beyond it every cell is empty. */
  width(row: number): number {
    const { cellStart, triples } = this.#parts
    const end = cellStart[row + 1] as number
    return end === cellStart[row] ? 0 : ((triples[(end - 1) * TRIPLE] as number) >>> STORED_BITS) + 1
  }

  kind(row: number, column: number): CellKind {
    const at = this.#find(row, column)
    if (at < 0) return 'empty'
    const stored = this.#stored(at)
    if (stored === STORED.shared && this.#from(at) === this.#to(at)) return 'empty'
    return KINDS[stored] as CellKind
  }

  /** The cell as text: number as written, date as ISO (as written where it is no date), TRUE, FALSE, #N/A; '' when empty. */
  text(row: number, column: number): string {
    const at = this.#find(row, column)
    if (at < 0) return ''
    const stored = this.#stored(at)
    if (stored === STORED.bool) return this.#raw(at) === '1' ? 'TRUE' : 'FALSE'
    if (stored === STORED.date) return this.#iso(at) ?? this.#raw(at)
    return this.#raw(at)
  }

  /** The characters of the file, '' when empty. A number of 15 and more digits or `3.56938E+14` comes exactly so. */
  raw(row: number, column: number): string {
    const at = this.#find(row, column)
    return at < 0 ? '' : this.#raw(at)
  }

  /** The value of a number or date cell; NaN for any other kind. */
  number(row: number, column: number): number {
    const at = this.#find(row, column)
    if (at < 0) return Number.NaN
    const stored = this.#stored(at)
    return stored === STORED.number || stored === STORED.date ? this.#number(at) : Number.NaN
  }

  /** ISO text of a date cell (`2024-03-31`, `2024-03-31T14:05:00`, `14:05:00`); null for other kinds and impossible dates. */
  iso(row: number, column: number): string | null {
    const at = this.#find(row, column)
    return at < 0 ? null : this.#iso(at)
  }

  /**
   * The value of a text or number cell made of nothing but `length` ASCII digits (1 to 15), else -1.
   * Costs no string: meant for the columns of identifiers of large files.
   */
  digits(row: number, column: number, length: number): number {
    const at = this.#find(row, column)
    if (at < 0) return -1
    const { strings, bytes } = this.#parts
    const kind = this.#stored(at)
    if (kind !== STORED.text && kind !== STORED.number && kind !== STORED.shared) return -1
    const from = this.#from(at)
    if (this.#to(at) - from !== length || length > 15) return -1
    const source = kind === STORED.shared && strings !== null ? strings.bytes : bytes
    // in two halves, each of which is a small number: those are added up several times as fast
    const half = length > 8 ? from + length - 8 : from
    let high = 0
    for (let i = from; i < half; i++) {
      const digit = (source[i] as number) - 48
      if (digit < 0 || digit > 9) return -1
      high = (high * 10 + digit) | 0
    }
    let low = 0
    for (let i = half; i < from + length; i++) {
      const digit = (source[i] as number) - 48
      if (digit < 0 || digit > 9) return -1
      low = (low * 10 + digit) | 0
    }
    return high * 100_000_000 + low
  }

  /** Whether two rows have the same characters, in cells of the same kind, in all of some columns. Costs no string. */
  sameCells(row: number, other: number, columns: readonly number[]): boolean {
    const { triples, strings, repeated } = this.#parts
    const known = other === row - 1 ? (repeated[row] as number) : 0
    for (let c = 0; c < columns.length; c++) {
      if ((known >>> (columns[c] as number)) & 1 && (columns[c] as number) < 32) continue
      const a = this.#find(row, columns[c] as number)
      const b = this.#find(other, columns[c] as number)
      if (a < 0 || b < 0) {
        if (a === b) continue
        return false
      }
      const stored = this.#stored(a)
      if (stored !== this.#stored(b)) return false
      const start = triples[a + 1] as number
      const begin = triples[b + 1] as number
      if (stored === STORED.shared && strings !== null) {
        if (start !== begin && !this.#sameShared(start, begin)) return false
        continue
      }
      const length = (triples[a + 2] as number) - start
      if ((triples[b + 2] as number) - begin !== length) return false
      if (!sameBytes(this.#words, start, begin, length)) return false
    }
    return true
  }

  /** Whether two shared strings read alike: some writers list a string more than once. */
  #sameShared(a: number, b: number): boolean {
    const { bytes, offsets } = this.#parts.strings as StringTable
    const start = offsets[a] as number
    const end = offsets[a + 1] as number
    const offset = (offsets[b] as number) - start
    if ((offsets[b + 1] as number) - offset !== end) return false
    for (let i = start; i < end; i++) if (bytes[i] !== bytes[i + offset]) return false
    return true
  }

  cell(row: number, column: number): Cell {
    const at = this.#find(row, column)
    return at < 0 ? EMPTY : this.#cell(at)
  }

  /** The cells of a row from column 0 to its last stored one. */
  cells(row: number): Cell[] {
    const { cellStart, triples } = this.#parts
    const cells: Cell[] = new Array<Cell>(this.width(row)).fill(EMPTY)
    const end = (cellStart[row + 1] as number) * TRIPLE
    for (let at = (cellStart[row] as number) * TRIPLE; at < end; at += TRIPLE) {
      cells[(triples[at] as number) >>> STORED_BITS] = this.#cell(at)
    }
    return cells
  }

  /** `text` of every cell of the row from column 0 to its last stored one. */
  texts(row: number): string[] {
    const texts: string[] = new Array<string>(this.width(row))
    for (let column = 0; column < texts.length; column++) texts[column] = this.text(row, column)
    return texts
  }

  /** Where a cell stands in `triples`, -1 when it is not stored. Most rows have no gaps, so the guess is mostly right. */
  #find(row: number, column: number): number {
    const { cellStart, triples } = this.#parts
    let low = cellStart[row] as number
    let high = Math.min(low + column, (cellStart[row + 1] as number) - 1)
    if (high >= low && (triples[high * TRIPLE] as number) >>> STORED_BITS === column) return high * TRIPLE
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = (triples[middle * TRIPLE] as number) >>> STORED_BITS
      if (found === column) return middle * TRIPLE
      if (found < column) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  #stored(at: number): number {
    return (this.#parts.triples[at] as number) & STORED_MASK
  }

  #from(at: number): number {
    const { triples, strings } = this.#parts
    const value = triples[at + 1] as number
    return this.#stored(at) === STORED.shared && strings !== null ? (strings.offsets[value] as number) : value
  }

  #to(at: number): number {
    const { triples, strings } = this.#parts
    return this.#stored(at) === STORED.shared && strings !== null
      ? (strings.offsets[(triples[at + 1] as number) + 1] as number)
      : (triples[at + 2] as number)
  }

  #raw(at: number): string {
    const { triples, strings, bytes, cache } = this.#parts
    const from = triples[at + 1] as number
    if (this.#stored(at) === STORED.shared && strings !== null) return strings.text(from)
    return cache.decode(bytes, from, triples[at + 2] as number)
  }

  #number(at: number): number {
    const { triples, bytes } = this.#parts
    const start = triples[at + 1] as number
    const end = triples[at + 2] as number
    if (end - start > 15) return Number(bytes.toString('latin1', start, end))
    let value = 0
    for (let i = start; i < end; i++) {
      const digit = (bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return Number(bytes.toString('latin1', start, end))
      value = value * 10 + digit
    }
    return value
  }

  #iso(at: number): string | null {
    const stored = this.#stored(at)
    if (stored === STORED.date) return isoOfSerial(this.#number(at), this.#parts.date1904)
    return stored === STORED.isoDate ? this.#raw(at) : null
  }

  #cell(at: number): Cell {
    const stored = this.#stored(at)
    const kind = KINDS[stored] as CellKind
    const raw = this.#raw(at)
    if (kind === 'number') return { kind, value: this.#number(at), raw }
    if (kind === 'date') return { kind, value: this.#iso(at), raw }
    if (kind === 'bool') return { kind, value: raw === '1', raw }
    if (kind === 'uncalculated') return { kind, value: null, raw }
    return raw === '' ? EMPTY : { kind, value: raw, raw }
  }
}

/** Whoever reads a batch that was given back has a bug: every question to it throws. */
const RELEASED: BatchParts = new Proxy({} as BatchParts, {
  get() {
    throw new Error('this batch was given back to its reader')
  },
})

const EMPTY: Cell = Object.freeze({ kind: 'empty', value: null, raw: '' })

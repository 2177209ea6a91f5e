import type { Buffer } from 'node:buffer'
import { sameBytes, wordsOf } from '../sameBytes.ts'
import { INLINE_END, isInlineEnd, isValueEnd, PLAIN_TEXT, VALUE_END } from './cellEnds.ts'

/** Cells of a row that are remembered; the ones behind are read as if there were no row above. */
const MOST = 256
/** Columns that `repeated` can tell of. */
const BITS = 32
const LT = 60
const POINT = 46

/** What stands behind the text of a cell. */
export type CellShape = 'value' | 'inline' | 'none'
const ENDS: Readonly<Record<CellShape, number>> = { value: VALUE_END, inline: INLINE_END, none: 0 }

/**
 * The cells of the row read last, each by its place among them. Writers write all cells of a column alike, and lists repeat what the
 * row above says: a cell that begins as the one above it, four bytes at a time, needs no look at its attributes, and one that says the
 * same not even at its text. Remembers only bytes of the block at hand.
 */
export class RowAbove {
  /** Of the cell read last, as a batch keeps it: what and where it is. */
  stored = 0
  column = 0
  from = 0
  to = 0
  /** A bit for each of the first columns whose cell in the row at hand is the same as above. */
  repeated = 0
  #words: DataView = new DataView(new ArrayBuffer(0))
  #bytes: Buffer | null = null
  /** Cells of the row above, and of the one at hand so far. */
  #known = 0
  #cells = 0
  /** Where the digits of the row's number stand, and how many: every reference in it ends with them. */
  #digitsAt = 0
  #digits = 0
  readonly #starts = new Uint32Array(MOST)
  /** Length of `<c r="B`; 0 where nothing is remembered. */
  readonly #openings = new Uint8Array(MOST)
  /** Where the rest behind the row's number begins. */
  readonly #heads = new Uint32Array(MOST)
  readonly #texts = new Uint32Array(MOST)
  readonly #lengths = new Uint32Array(MOST)
  readonly #ends = new Uint8Array(MOST)
  readonly #columns = new Uint16Array(MOST)
  readonly #stored = new Uint8Array(MOST)
  /** Index of a shared string; -1 for other cells, whose text is itself. */
  readonly #shared = new Int32Array(MOST)

  /** To be told before bytes of another block are read. */
  look(bytes: Buffer): void {
    if (bytes === this.#bytes) return
    this.#bytes = bytes
    this.#words = wordsOf(bytes)
  }

  /** Bytes were moved or given away: what is remembered of them is no longer there. */
  forget(): void {
    this.#openings.fill(0, 0, Math.min(MOST, Math.max(this.#known, this.#cells)))
    this.#known = 0
    this.#digits = 0
  }

  /** A row begins whose number has so many digits there; 0 where it is not written so simply. */
  begin(digitsAt: number, digits: number): void {
    this.#digitsAt = digitsAt
    this.#digits = digits
    this.repeated = 0
    this.#cells = 0
  }

  /** A row ends. @param kept whether it is the row that the next one stands below */
  end(kept: boolean): void {
    this.#known = kept ? Math.min(MOST, this.#cells) : 0
  }

  /** A cell was read that was not simple. */
  skip(): void {
    if (this.#cells < MOST) this.#openings[this.#cells] = 0
    this.#cells++
  }

  /**
   * Remembers a cell that was read otherwise.
   * @param head behind its reference, 0 where it has none
   * @param text where its text stands, `to` where that ends
   */
  note(
    start: number,
    head: number,
    text: number,
    to: number,
    shape: CellShape,
    stored: number,
    column: number,
    shared: number,
  ): void {
    const k = this.#cells++
    const opening = head === 0 ? 0 : head - this.#digits - start
    if (k >= MOST) return
    this.#openings[k] = this.#digits > 0 && opening > 0 && opening < 256 ? opening : 0
    this.#starts[k] = start
    this.#heads[k] = head
    this.#texts[k] = text
    this.#lengths[k] = to - text
    this.#ends[k] = ENDS[shape]
    this.#columns[k] = column
    this.#stored[k] = stored
    this.#shared[k] = shared
  }

  /** Reads the cell at `at` by the one above it; answers where it ends, or 0 when it is not alike. `after`: the column before it. */
  read(bytes: Buffer, at: number, limit: number, after: number, sharedCount: number): number {
    const k = this.#cells
    if (k >= this.#known || this.#digits === 0) return 0
    const opening = this.#openings[k] as number
    const column = this.#columns[k] as number
    if (opening === 0 || column <= after) return 0
    const words = this.#words
    const digits = this.#digits
    const aboveHead = this.#heads[k] as number
    const aboveText = this.#texts[k] as number
    const head = at + opening + digits
    const text = head + aboveText - aboveHead
    if (text > limit) return 0
    if (!sameBytes(words, at, this.#starts[k] as number, opening)) return 0
    if (!sameBytes(words, at + opening, this.#digitsAt, digits)) return 0
    if (!sameBytes(words, head, aboveHead, text - head)) return 0
    const length = this.#lengths[k] as number
    const end = this.#ends[k] as number
    const same = text + length + end <= limit && sameBytes(words, text, aboveText, length + end)
    let to = text + length
    let index = this.#shared[k] as number
    if (!same) {
      to = this.#endOfText(bytes, text, end, index >= 0)
      if (to === 0 || to + end > limit) return 0
      if (index >= 0) {
        if (to - text > 9) return 0
        index = 0
        for (let i = text; i < to; i++) index = index * 10 + (bytes[i] as number) - 48
        if (index >= sharedCount) return 0
      }
      this.#lengths[k] = to - text
      this.#shared[k] = index
    } else if (column <= BITS) this.repeated |= 1 << (column - 1)
    this.#starts[k] = at
    this.#heads[k] = head
    this.#texts[k] = text
    this.#cells = k + 1
    this.column = column
    this.stored = this.#stored[k] as number
    this.from = index >= 0 ? index : text
    this.to = index >= 0 ? 0 : to
    return to + end
  }

  /** Where the text of a cell ends, 0 when it is not as plain as the one above it. */
  #endOfText(bytes: Buffer, text: number, end: number, isShared: boolean): number {
    let i = text
    if (end === INLINE_END) {
      while (PLAIN_TEXT[bytes[i] as number] === 1) i++
      return i > text && bytes[i] === LT && isInlineEnd(bytes, i) ? i : 0
    }
    let points = isShared ? 1 : 0
    for (let byte = bytes[i] as number; byte !== LT; byte = bytes[++i] as number) {
      if (byte >= 48 && byte <= 57) continue
      if (byte !== POINT || points++ > 0) return 0
    }
    return i > text && isValueEnd(bytes, i) ? i : 0
  }
}

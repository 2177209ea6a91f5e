import type { Buffer } from 'node:buffer'
import type { BatchBuilder } from '../batchBuilder.ts'
import { STORED_BITS, TRIPLE } from '../rowBatch.ts'
import { sameAs, sameBytes, wordsOf } from '../sameBytes.ts'
import { INLINE_END, isInlineEnd, PLAIN_TEXT, VALUE_END, VALUE_END_WORD } from './cellEnds.ts'
import { PATIENCE, SELDOM } from './rowStart.ts'

/** Columns whose cells are remembered; the ones behind are read as if there were no row above. */
const MOST = 256
/** Columns that `repeated` can tell of. */
const BITS = 32
/** Longest beginning of a cell, from behind its reference to its text, that is remembered. */
const LONGEST_HEAD = 48
const LT = 60
const POINT = 46
/** `<c r` and ` r="` as numbers of four bytes. */
const CELL_R = 0x7220633c
const R_QUOTE = 0x223d7220

/** What a cell holds: nothing, a number, the index of a shared string, text in `<v>`, text in `<is>`. */
export const SHAPE = { none: 0, number: 1, shared: 2, value: 3, inline: 4 } as const

/** What is remembered of a column: so many numbers side by side, and which of them it is. */
const KEPT = 8
/** Length of the beginning; 0 where none is remembered. */
const HEAD = 0
const SHAPED = 1
const STORED_AS = 2
const MISSES = 3
/** The row whose cell was read last, where its text stands, how long it is, and the index of its shared string. */
const ROW = 4
const TEXT = 5
const LENGTH = 6
const INDEX = 7

/**
 * How the cells of each column were written last. Writers write all cells of a column alike, and lists repeat what the row above says:
 * a cell that begins as the one before it in its column, eight bytes at a time, needs no look at its attributes, and one that says the
 * same as in the row above not even at its text. Beginnings are kept, texts only pointed at in the block at hand.
 */
export class RowAbove {
  /** Column of the cell read last, from 1. */
  column = 0
  /** A bit for each of the first columns whose cell in the row at hand is the same as above. */
  repeated = 0
  /** The bytes, to be read four and eight at a time. */
  words: DataView = new DataView(new ArrayBuffer(0))
  #bytes: Buffer | null = null
  readonly #builder: BatchBuilder
  readonly #stringCount: number
  /** Rows are counted, so that a text is known to stand in the row above; that one is 0 where there is none to compare with. */
  #row = 1
  #rowAbove = 0
  /** Digits of the row's number, with which every reference in it ends: how many, the first and the last four of them. */
  #digits = 0
  #firstDigits = 0
  #firstMask = 0
  #lastDigits = 0
  #lastMask = 0
  readonly #heads = new DataView(new ArrayBuffer(MOST * LONGEST_HEAD))
  readonly #kept = new Int32Array(MOST * KEPT)

  constructor(builder: BatchBuilder, stringCount: number) {
    this.#builder = builder
    this.#stringCount = stringCount
  }

  /** To be told before bytes of another block are read. */
  look(bytes: Buffer): void {
    if (bytes === this.#bytes) return
    this.#bytes = bytes
    this.words = wordsOf(bytes)
  }

  /** Bytes were moved or given away: the texts are no longer there. */
  forget(): void {
    this.#row += 2
    this.#rowAbove = 0
  }

  /** A row begins whose number has so many digits there; 0 where it is not written so simply. */
  begin(digitsAt: number, digits: number): void {
    this.repeated = 0
    this.column = 0
    this.#digits = digits
    if (digits === 0) return
    const words = this.words
    this.#firstMask = digits < 4 ? (1 << (digits << 3)) - 1 : -1
    this.#firstDigits = words.getInt32(digitsAt, true)
    this.#lastMask = digits < 4 ? 0 : -1
    this.#lastDigits = words.getInt32(digitsAt + digits - 4, true)
  }

  /** A row ends. @param kept whether it is the row that the next one stands below */
  end(kept: boolean): void {
    this.#rowAbove = kept ? this.#row : 0
    this.#row += 1
  }

  /**
   * Remembers a cell that was read otherwise.
   * @param head behind its reference, 0 where it has none or something before it
   * @param text where its text stands, `to` where that ends
   */
  note(head: number, text: number, to: number, shape: number, stored: number, shared: number): void {
    const { column } = this
    if (column >= MOST || head === 0) return
    const kept = this.#kept
    const at = column * KEPT
    const misses = kept[at + MISSES] as number
    if (misses > PATIENCE && (this.#row & SELDOM) !== 0) return
    kept[at + MISSES] = misses + 1
    const length = text - head
    if (length > LONGEST_HEAD) return
    const bytes = this.#bytes as Buffer
    const heads = this.#heads
    const start = column * LONGEST_HEAD
    for (let i = 0; i < length; i++) heads.setUint8(start + i, bytes[head + i] as number)
    kept[at + HEAD] = length
    kept[at + SHAPED] = shape
    kept[at + STORED_AS] = stored
    kept[at + ROW] = this.#row
    kept[at + TEXT] = text
    kept[at + LENGTH] = to - text
    kept[at + INDEX] = shared
  }

  /** Reads the cells from `from` on that are written as those before them in their columns; where the first other one begins. */
  read(bytes: Buffer, from: number, limit: number): number {
    const digits = this.#digits
    if (digits === 0) return from
    const words = this.words
    const heads = this.#heads
    const kept = this.#kept
    const builder = this.#builder
    const row = this.#row
    const rowAbove = this.#rowAbove
    const firstDigits = this.#firstDigits
    const firstMask = this.#firstMask
    const lastDigits = this.#lastDigits
    const lastMask = this.#lastMask
    let { triples } = builder
    let cell = builder.cells * TRIPLE
    let after = this.column
    let at = from
    while (words.getInt32(at, true) === CELL_R && words.getInt32(at + 2, true) === R_QUOTE) {
      let column = (bytes[at + 6] as number) - 64
      if (column < 1 || column > 26) break
      let head = at + 7
      const letter = (bytes[head] as number) - 64
      if (letter > 0) {
        if (letter > 26) break
        column = column * 26 + letter
        head++
      }
      if (column <= after || column >= MOST) break
      if (((words.getInt32(head, true) ^ firstDigits) & firstMask) !== 0) break
      head += digits
      if (((words.getInt32(head - 4, true) ^ lastDigits) & lastMask) !== 0) break
      const k = column * KEPT
      const headLength = kept[k + HEAD] as number
      if (headLength === 0 || !sameAs(words, head, heads, column * LONGEST_HEAD, headLength)) break
      const text = head + headLength
      const shape = kept[k + SHAPED] as number
      if (shape === SHAPE.none) {
        after = column
        at = text
        continue
      }
      const length = kept[k + LENGTH] as number
      const end = shape === SHAPE.inline ? INLINE_END : VALUE_END
      let to = text + length
      let index = kept[k + INDEX] as number
      if (
        kept[k + ROW] === rowAbove &&
        to + end <= limit &&
        sameBytes(words, text, kept[k + TEXT] as number, length + end)
      ) {
        if (column <= BITS) this.repeated |= 1 << (column - 1)
      } else if (shape === SHAPE.shared) {
        index = 0
        to = text
        for (let digit = (bytes[to] as number) - 48; digit >= 0 && digit <= 9; digit = (bytes[++to] as number) - 48)
          index = (index * 10 + digit) | 0
        if (to === text || to - text > 9 || words.getFloat64(to, true) !== VALUE_END_WORD) break
        if (index >= this.#stringCount) break
      } else if (shape !== SHAPE.number || to > limit || !isNumber(words, text, length)) {
        to = shape === SHAPE.number ? endOfNumber(bytes, text) : endOfText(bytes, text)
        if (to === text) break
        if (shape === SHAPE.inline ? !isInlineEnd(bytes, to) : words.getFloat64(to, true) !== VALUE_END_WORD) break
      }
      kept[k + MISSES] = 0
      kept[k + ROW] = row
      kept[k + TEXT] = text
      kept[k + LENGTH] = to - text
      kept[k + INDEX] = index
      if (cell === triples.length) {
        builder.cells = cell / TRIPLE
        builder.grow()
        triples = builder.triples
      }
      triples[cell] = ((column - 1) << STORED_BITS) | (kept[k + STORED_AS] as number)
      if (shape === SHAPE.shared) {
        triples[cell + 1] = index
        triples[cell + 2] = 0
      } else {
        triples[cell + 1] = text
        triples[cell + 2] = to
      }
      cell += TRIPLE
      after = column
      at = to + end
    }
    builder.cells = cell / TRIPLE
    this.column = after
    return at
  }
}

/** Where digits with at most one point among them end. */
function endOfNumber(bytes: Uint8Array, from: number): number {
  let i = from
  let points = 0
  for (let byte = bytes[i] as number; byte !== LT; byte = bytes[++i] as number) {
    if (byte >= 48 && byte <= 57) continue
    if (byte !== POINT || points++ > 0) break
  }
  return i
}

/** Where text ends that needs no decoding. */
function endOfText(bytes: Uint8Array, from: number): number {
  let i = from
  while (PLAIN_TEXT[bytes[i] as number] === 1) i++
  return i
}

/** Whether a value of `length` bytes, at least four, is all digits, which are looked at four at a time. */
function isNumber(words: DataView, at: number, length: number): boolean {
  if (length < 4 || words.getFloat64(at + length, true) !== VALUE_END_WORD) return false
  const last = at + length - 4
  for (let i = at; i < last; i += 4) if (!fourDigits(words.getInt32(i, true))) return false
  return fourDigits(words.getInt32(last, true))
}

/** The upper half of a digit's byte is 3, also after 6 is added to it. */
function fourDigits(word: number): boolean {
  return (word & (word + 0x06060606) & 0xf0f0f0f0) === 0x30303030
}

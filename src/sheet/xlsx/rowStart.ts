import type { Buffer } from 'node:buffer'
import { sameAs } from '../sameBytes.ts'

const SPACE = 32
const QUOTE = 34
const SLASH = 47
const LT = 60
const EQUALS = 61
const GT = 62
const LETTER_H = 104
const LETTER_R = 114
/** `<row` and ` r="` as numbers of four bytes. */
const ROW = 0x776f723c
const R_QUOTE = 0x223d7220
const LONGEST_TAIL = 128
/** What was written otherwise so many times is remembered only every so many rows: that costs more than to read it. */
export const PATIENCE = 8
export const SELDOM = 31

/** The tag of a row as nearly all writers put it; what stands behind its number is mostly the same in every row. */
export class RowStart {
  /** The row's number, and where its digits stand; 0 digits where it has leading zeros. */
  row = 0
  digitsAt = 0
  digits = 0
  readonly #tail = new DataView(new ArrayBuffer(LONGEST_TAIL))
  #tailLength = 0
  #misses = 0

  /** Reads the tag at `at`; where it ends, or 0 when it is not so simple: hidden, or without a number. */
  read(bytes: Buffer, words: DataView, at: number): number {
    if (words.getInt32(at, true) !== ROW || bytes[at + 4] !== SPACE) return 0
    if (this.#tailLength > 0 && words.getInt32(at + 4, true) === R_QUOTE) {
      let row = 0
      let i = at + 8
      for (let digit = (bytes[i] as number) - 48; digit >= 0 && digit <= 9; digit = (bytes[++i] as number) - 48)
        row = row * 10 + digit
      const digits = i - at - 8
      if (digits > 0 && digits < 9 && bytes[at + 8] !== 48 && sameAs(words, i, this.#tail, 0, this.#tailLength)) {
        this.#misses = 0
        this.row = row
        this.digitsAt = at + 8
        this.digits = digits
        return i + this.#tailLength
      }
    }
    return this.#attributes(bytes, at + 5)
  }

  /** From the first attribute on: `r="7" spans="1:12" hidden="1">`. */
  #attributes(bytes: Buffer, from: number): number {
    let i = from
    let row = 0
    let digitsAt = 0
    let digits = 0
    for (;;) {
      const name = i
      let byte = bytes[i] as number
      while (byte !== EQUALS && byte > SPACE && byte !== LT && byte !== GT && byte !== SLASH)
        byte = bytes[++i] as number
      if (byte !== EQUALS || bytes[i + 1] !== QUOTE) return 0
      const length = i - name
      i += 2
      const value = i
      byte = bytes[i] as number
      while (byte !== QUOTE && byte !== LT) byte = bytes[++i] as number
      if (byte !== QUOTE) return 0
      if (length === 1 && bytes[name] === LETTER_R) {
        digitsAt = value
        digits = i - value
        for (let k = value; k < i; k++) {
          const digit = (bytes[k] as number) - 48
          if (digit < 0 || digit > 9) return 0
          row = row * 10 + digit
        }
      } else if (length === 6 && bytes[name] === LETTER_H) return 0
      const next = bytes[i + 1]
      i += 2
      if (next === SPACE) continue
      if (next !== GT) return 0
      this.row = row
      this.digitsAt = digitsAt
      this.digits = bytes[digitsAt] === 48 ? 0 : digits
      if (digitsAt === from + 3) this.#note(bytes, digitsAt + digits, i)
      return i
    }
  }

  #note(bytes: Buffer, from: number, to: number): void {
    this.#misses += 1
    if (to - from > LONGEST_TAIL || (this.#misses > PATIENCE && (this.#misses & SELDOM) !== 0)) return
    for (let i = from; i < to; i++) this.#tail.setUint8(i - from, bytes[i] as number)
    this.#tailLength = to - from
  }
}

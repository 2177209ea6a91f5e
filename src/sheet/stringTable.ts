import type { Buffer } from 'node:buffer'
import { asciiText, isAsciiRange, LONGEST_ASCII } from './asciiText.ts'

const SLOTS = 1 << 14

/**
 * The shared strings of a workbook as one block of UTF-8 text and the places where each string begins.
 * Strings are made only when asked for: two million IMEIs as strings would cost more memory than the file.
 */
export class StringTable {
  readonly bytes: Buffer
  /** `offsets[i]` … `offsets[i + 1]` are the bytes of string `i`. */
  readonly offsets: Uint32Array
  readonly count: number
  readonly #keys = new Int32Array(SLOTS).fill(-1)
  readonly #texts: string[] = new Array<string>(SLOTS).fill('')

  constructor(bytes: Buffer, offsets: Uint32Array, count: number) {
    this.bytes = bytes
    this.offsets = offsets
    this.count = count
  }

  /** String number `index` (from 0), `index < count`. */
  text(index: number): string {
    const slot = index & (SLOTS - 1)
    if (this.#keys[slot] === index) return this.#texts[slot] as string
    const from = this.offsets[index] as number
    const to = this.offsets[index + 1] as number
    const length = to - from
    const text =
      length > 0 && length <= LONGEST_ASCII && isAsciiRange(this.bytes, from, to)
        ? asciiText(this.bytes, from, length)
        : this.bytes.toString('utf8', from, to)
    this.#keys[slot] = index
    this.#texts[slot] = text
    return text
  }
}

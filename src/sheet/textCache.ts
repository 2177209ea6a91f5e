import type { Buffer } from 'node:buffer'
import { asciiText, isAsciiRange, LONGEST_ASCII } from './asciiText.ts'

const SLOTS = 1 << 14
const LONGEST = 48

/**
 * Turns UTF-8 bytes into strings and remembers those that are dear to make, since a column of names repeats few values.
 * Direct-mapped: memory is bounded (about 2 MB) however many distinct values pass through.
 */
export class TextCache {
  readonly #bytes = new Uint8Array(SLOTS * LONGEST)
  readonly #lengths = new Uint8Array(SLOTS)
  readonly #texts: string[] = new Array<string>(SLOTS).fill('')

  /** The text of `bytes[from, to)`. */
  decode(bytes: Buffer, from: number, to: number): string {
    const length = to - from
    if (length <= 0) return ''
    if (length <= LONGEST_ASCII && isAsciiRange(bytes, from, to)) return asciiText(bytes, from, length)
    if (length > LONGEST) return bytes.toString('utf8', from, to)
    let hash = length
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    const base = slot * LONGEST
    const known = this.#bytes
    if (this.#lengths[slot] === length) {
      let i = 0
      while (i < length && known[base + i] === bytes[from + i]) i++
      if (i === length) return this.#texts[slot] as string
    }
    const text = bytes.toString('utf8', from, to)
    for (let i = 0; i < length; i++) known[base + i] = bytes[from + i] as number
    this.#lengths[slot] = length
    this.#texts[slot] = text
    return text
  }
}

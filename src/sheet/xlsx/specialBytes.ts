import type { Buffer } from 'node:buffer'

const AMPERSAND = 38
const UNDERSCORE = 95
const CR = 13

/**
 * Where the next `&`, `_` and CR stand: text without them needs no decoding. Each is looked for by the whole block instead of in every
 * text, so that those which never come cost nothing.
 */
export class SpecialBytes {
  #limit = 0
  #ampersand = -1
  #underscore = -1
  #cr = -1

  /** Other bytes stand in the block than before, `length` of them. */
  changed(length: number): void {
    this.#limit = length
    this.#ampersand = this.#underscore = this.#cr = -1
  }

  /** Whether one of them stands in `[from, to)`; texts are asked about from left to right. */
  within(bytes: Buffer, from: number, to: number): boolean {
    if (this.#ampersand < from) this.#ampersand = this.#next(bytes, AMPERSAND, from)
    if (this.#underscore < from) this.#underscore = this.#next(bytes, UNDERSCORE, from)
    if (this.#cr < from) this.#cr = this.#next(bytes, CR, from)
    return this.#ampersand < to || this.#underscore < to || this.#cr < to
  }

  #next(bytes: Buffer, byte: number, from: number): number {
    const at = bytes.indexOf(byte, from)
    return at < 0 ? this.#limit : at
  }
}

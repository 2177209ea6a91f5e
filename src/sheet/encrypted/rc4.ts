import { Buffer } from 'node:buffer'

/** The stream cipher of old workbooks. It protects nothing today; here it only opens what others locked with it. */
export class Rc4 {
  readonly #state = new Uint8Array(256)
  #i = 0
  #j = 0

  constructor(key: Uint8Array) {
    const s = this.#state
    for (let i = 0; i < 256; i++) s[i] = i
    for (let i = 0, j = 0; i < 256; i++) {
      j = (j + (s[i] as number) + (key[i % key.length] as number)) & 255
      this.#swap(i, j)
    }
  }

  /** Passes over bytes that are in clear but count. */
  skip(count: number): void {
    for (let n = 0; n < count; n++) this.#next()
  }

  /** Decrypts in place. */
  apply(bytes: Uint8Array): void {
    for (let n = 0; n < bytes.length; n++) bytes[n] = (bytes[n] as number) ^ this.#next()
  }

  decrypted(bytes: Uint8Array): Buffer {
    const copy = Buffer.from(bytes)
    this.apply(copy)
    return copy
  }

  #next(): number {
    const s = this.#state
    this.#i = (this.#i + 1) & 255
    this.#j = (this.#j + (s[this.#i] as number)) & 255
    this.#swap(this.#i, this.#j)
    return s[((s[this.#i] as number) + (s[this.#j] as number)) & 255] as number
  }

  #swap(a: number, b: number): void {
    const s = this.#state
    const kept = s[a] as number
    s[a] = s[b] as number
    s[b] = kept
  }
}

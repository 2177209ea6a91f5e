import type { Hash } from 'node:crypto'
import type { Sha256 } from '../../../contract/fingerprint.ts'

const HELD = 1 << 16

/** Collects short texts before they are hashed: a call for each of millions would cost more than the hashing. */
export class HashText implements Sha256 {
  readonly #hash: Hash
  #held = ''

  constructor(hash: Hash) {
    this.#hash = hash
  }

  update(text: string): this {
    this.#held += text
    if (this.#held.length >= HELD) this.#flush()
    return this
  }

  digest(encoding: 'hex'): string {
    this.#flush()
    return this.#hash.digest(encoding)
  }

  #flush(): void {
    this.#hash.update(this.#held)
    this.#held = ''
  }
}

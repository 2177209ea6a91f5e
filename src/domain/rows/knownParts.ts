import type { SharedPart } from './judge.ts'

/** Of two generations each holds so many parts at first, and at most. */
const FEWEST = 512
const MOST = 4096
/** Hashes of parts that were met, kept to see whether more of them should be remembered. */
const MET = 1 << 15

/**
 * Judgements by the text of what was judged. Declarations come in runs, so the older ones are hardly asked for again, and long texts that
 * are kept keep the collector of garbage busy: few are remembered, and more only in a file that comes back to what was forgotten.
 */
export class KnownParts {
  #young = new Map<string, SharedPart>()
  #old = new Map<string, SharedPart>()
  #limit = FEWEST
  #missed = 0
  readonly #met = new Int32Array(MET)

  get(text: string): SharedPart | undefined {
    const part = this.#young.get(text)
    if (part !== undefined) return part
    const older = this.#old.get(text)
    if (older !== undefined) this.set(text, older)
    else this.#noteMiss(text)
    return older
  }

  set(text: string, part: SharedPart): void {
    if (this.#young.size >= this.#limit) {
      // an eighth of what was judged had been judged before
      if (this.#missed * 8 > this.#limit) this.#limit = Math.min(this.#limit * 2, MOST)
      this.#missed = 0
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(text, part)
  }

  #noteMiss(text: string): void {
    const hash = hashOf(text)
    const place = hash & (MET - 1)
    if (this.#met[place] === hash) this.#missed++
    this.#met[place] = hash
  }
}

function hashOf(text: string): number {
  let hash = 1
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash ^ (hash >>> 15)
}

import { bitsApart, halves, lookOf, sameLook, WHOLE_NEAR } from '../../domain/evidence/pictureHash.ts'
import type { Reader } from '../db/handle.ts'
import { LOOK, LOOK_NEWEST, LOOKS_AFTER, LOOKS_OF_APPEAL } from './queries.ts'

/** So many are read at once, some ten milliseconds. */
const LOOKS_A_STRETCH = 10_000

/** A picture of another appeal that looks like one of this appeal's. */
export interface LookAlike {
  readonly sha256: string
  readonly appeal: string
  readonly other: string
  readonly tiles: number
  readonly same: boolean
}

/**
 * Fingerprints of all pictures, eight bytes each, in memory: a million are gone through in some milliseconds, while an index over
 * parts of them would be larger than the rest of the mirror. Whole pictures that are near are then compared by their tiles.
 */
export class Looks {
  #first = new Int32Array(1024)
  #second = new Int32Array(1024)
  #rows = new Int32Array(1024)
  #count = 0
  #last = 0
  #following: Promise<void> | null = null

  /** Takes what came since the last time; other calls are answered between the stretches. Whoever comes meanwhile waits with the first. */
  #follow(cache: Reader): Promise<void> {
    this.#following ??= this.#readOn(cache).finally(() => {
      this.#following = null
    })
    return this.#following
  }

  async #readOn(cache: Reader): Promise<void> {
    while (this.#takeStretch(cache) === LOOKS_A_STRETCH) await new Promise(setImmediate)
  }

  /** Answers how many there were; a mirror that was built anew is read from its beginning. */
  #takeStretch(cache: Reader): number {
    const newest = cache.value<number>(LOOK_NEWEST) ?? 0
    if (newest < this.#last) {
      this.#count = 0
      this.#last = 0
    }
    const stretch = cache.rows<[number, string]>(LOOKS_AFTER).all(this.#last, LOOKS_A_STRETCH)
    for (const [n, whole] of stretch) this.#add(n, whole)
    return stretch.length
  }

  #add(n: number, whole: string): void {
    if (this.#count === this.#rows.length) {
      this.#first = grown(this.#first)
      this.#second = grown(this.#second)
      this.#rows = grown(this.#rows)
    }
    const [first, second] = halves(whole)
    this.#first[this.#count] = first
    this.#second[this.#count] = second
    this.#rows[this.#count] = n
    this.#count++
    this.#last = n
  }

  /** Pictures of other appeals near those of an appeal; the same file in both is a copy and told elsewhere. */
  async near(cache: Reader, appeal: string): Promise<readonly LookAlike[]> {
    await this.#follow(cache)
    return cache
      .rows<[string, string]>(LOOKS_OF_APPEAL)
      .all(appeal)
      .flatMap(([sha256, look]) => this.#nearOne(cache, appeal, sha256, look))
  }

  #nearOne(cache: Reader, appeal: string, sha256: string, text: string): readonly LookAlike[] {
    const look = lookOf(text)
    if (!look) return []
    const [first, second] = halves(look.whole)
    const found: LookAlike[] = []
    for (let i = 0; i < this.#count; i++) {
      if (bitsApart(this.#first[i] as number, first) + bitsApart(this.#second[i] as number, second) > WHOLE_NEAR)
        continue
      const row = cache.rows<[string, string, string]>(LOOK).get(this.#rows[i] as number)
      const other = row && row[1] !== appeal && row[0] !== sha256 ? lookOf(row[2]) : null
      if (!row || !other) continue
      const { same, tiles } = sameLook(look, other)
      if (same) found.push({ sha256, appeal: row[1], other: row[0], tiles, same })
    }
    return found.toSorted((a, b) => b.tiles - a.tiles || a.appeal.localeCompare(b.appeal))
  }
}

function grown(samples: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(samples.length * 2)
  larger.set(samples)
  return larger
}

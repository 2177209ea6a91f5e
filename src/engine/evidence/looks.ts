import {
  areCopies,
  bitsApart,
  isOfForm,
  lookOf,
  sameLook,
  TILE_NEAR,
  TILES_A_SIDE,
  TILES_UNLIKE,
  WHOLE_NEAR,
} from '../../domain/evidence/pictureHash.ts'
import type { Reader } from '../db/handle.ts'
import { nearPairs } from './lookPairs.ts'
import { LOOK, LOOK_NEWEST, LOOKS_AFTER, LOOKS_OF_APPEAL } from './queries.ts'

/** So many are read at once, some ten milliseconds. */
const LOOKS_A_STRETCH = 10_000
/** Of one fingerprint. */
const HASH_BYTES = 8
const TILES = TILES_A_SIDE ** 2
/** More than so many look-alikes of one picture tell an officer no more: it is a printed form. */
const MOST_TOLD = 50
/** So many of the nearest are fetched, some milliseconds. */
const MOST_COMPARED = 200

/** Copies for which papers of their form are sought, some milliseconds each, and pairs gone through at once. */
const MOST_COPIES = 200
const PAIRS_A_STRETCH = 1000

/** A picture of another appeal that looks like one of this appeal's. */
export interface LookAlike {
  readonly sha256: string
  readonly appeal: string
  readonly other: string
  readonly tiles: number
  readonly same: boolean
  /** Several look alike, none much more than the others: papers printed from one form, as receipts of one shop are. */
  readonly form: boolean
}

interface Found extends Omit<LookAlike, 'form'> {
  /** Bits in which the two looks differ. */
  readonly apart: number
  readonly copy: boolean
}

/**
 * Fingerprints of all pictures in memory, 48 bytes each: of the whole, and half of the bits of its nine tiles. A million are gone
 * through in some milliseconds, while an index over parts of them would be larger than the rest of the mirror. Papers printed from one
 * form all look nearly alike, so what is left is ordered by those bits, and only the nearest are fetched and compared in full.
 */
export class Looks {
  /** Halves of the wholes apart: the second is looked at only where the first is near. */
  #firsts = new Int32Array(1024)
  #seconds = new Int32Array(1024)
  #tiles = new Int32Array(TILES * 1024)
  #rows = new Int32Array(1024)
  #count = 0
  #last = 0
  #following: Promise<void> | null = null

  /** Takes what came since the last time; other calls are answered between the stretches. Whoever comes meanwhile waits with the first. */
  follow(cache: Reader): Promise<void> {
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
    for (const [n, look] of stretch) this.#add(n, samplesOf(look))
    return stretch.length
  }

  #add(n: number, { first, second, tiles }: Samples): void {
    if (this.#count === this.#rows.length) {
      this.#firsts = grown(this.#firsts)
      this.#seconds = grown(this.#seconds)
      this.#tiles = grown(this.#tiles)
      this.#rows = grown(this.#rows)
    }
    this.#firsts[this.#count] = first
    this.#seconds[this.#count] = second
    this.#tiles.set(tiles, this.#count * TILES)
    this.#rows[this.#count] = n
    this.#count++
    this.#last = n
  }

  /** Pictures of other appeals near those of an appeal, the nearest of each; the same file in both is a copy and told elsewhere. */
  async near(cache: Reader, appeal: string): Promise<readonly LookAlike[]> {
    await this.follow(cache)
    const found: LookAlike[] = []
    for (const [sha256, look] of cache.rows<[string, string]>(LOOKS_OF_APPEAL).all(appeal)) {
      found.push(...this.#nearOne(cache, appeal, sha256, look))
      await new Promise(setImmediate)
    }
    return found
  }

  /**
   * Appeals of which one has a copy of the other's picture, saved anew: nearer than any two other papers, and with no third paper
   * nearly as near, as papers of one form have.
   */
  async copies(cache: Reader): Promise<readonly (readonly [string, string])[]> {
    await this.follow(cache)
    const found: (readonly [string, string])[] = []
    let [gone, sought] = [0, 0]
    for (const [i, j] of await nearPairs(this.#tiles, this.#count)) {
      if (++gone % PAIRS_A_STRETCH === 0) await new Promise(setImmediate)
      const [a, b] = [this.#rows[i] as number, this.#rows[j] as number].map((n) =>
        cache.rows<[string, string, string]>(LOOK).get(n),
      )
      // the same file in both is joined by itself
      if (!a || !b || a[0] === b[0] || a[1] === b[1]) continue
      const [one, other] = [lookOf(a[2]), lookOf(b[2])]
      if (!one || !other || !areCopies(one, other)) continue
      if (++sought > MOST_COPIES) break
      if (!this.#hasForm(cache, a[2]) && !this.#hasForm(cache, b[2])) found.push([a[1], b[1]])
      await new Promise(setImmediate)
    }
    return found
  }

  /** Whether other papers look nearly like a picture without being copies of it. */
  #hasForm(cache: Reader, text: string): boolean {
    const look = lookOf(text)
    return this.#likely(text)
      .slice(0, MOST_COMPARED)
      .some((i) => {
        const other = lookOf(cache.rows<[string, string, string]>(LOOK).get(this.#rows[i] as number)?.[2] ?? '')
        return look !== null && other !== null && sameLook(look, other).same && !areCopies(look, other)
      })
  }

  #nearOne(cache: Reader, appeal: string, sha256: string, text: string): readonly LookAlike[] {
    const look = lookOf(text)
    if (!look) return []
    const found: Found[] = []
    for (const i of this.#likely(text).slice(0, MOST_COMPARED)) {
      const row = cache.rows<[string, string, string]>(LOOK).get(this.#rows[i] as number)
      const other = row && row[1] !== appeal && row[0] !== sha256 ? lookOf(row[2]) : null
      if (!row || !other) continue
      const { same, tiles, apart } = sameLook(look, other)
      const copy = areCopies(look, other)
      if (same) found.push({ sha256, appeal: row[1], other: row[0], tiles, same, apart, copy })
      if (found.length === MOST_TOLD) break
    }
    const nearest = found.toSorted((x, y) => x.apart - y.apart || x.appeal.localeCompare(y.appeal))
    const bits = nearest.map(({ apart }) => apart)
    // several copies are as near as each other: each is held against what is none
    const others = nearest.filter(({ copy }) => !copy).map(({ apart }) => apart)
    return nearest.map(({ apart, copy, ...alike }, at) => ({
      ...alike,
      form: copy ? isOfForm([apart, ...others], 0) : isOfForm(bits, at),
    }))
  }

  /** Places of the pictures that may look the same, the nearest first. None that does is missing: a part of a tile's bits differs in no more than all of them. */
  #likely(text: string): readonly number[] {
    const { first, second, tiles: own } = samplesOf(text)
    // plain variables: a million rounds are gone through
    const [firsts, seconds, tiles, count] = [this.#firsts, this.#seconds, this.#tiles, this.#count]
    const byDistance: number[][] = []
    for (let i = 0; i < count; i++) {
      const apart = bitsApart(firsts[i] as number, first)
      if (apart > WHOLE_NEAR || apart + bitsApart(seconds[i] as number, second) > WHOLE_NEAR) continue
      let unlike = 0
      let distance = 0
      for (let tile = 0; tile < TILES && unlike <= TILES_UNLIKE; tile++) {
        const bits = bitsApart(tiles[i * TILES + tile] as number, own[tile] as number)
        distance += bits
        if (bits > TILE_NEAR) unlike++
      }
      if (unlike > TILES_UNLIKE) continue
      const bucket = byDistance[distance]
      if (bucket) bucket.push(i)
      else byDistance[distance] = [i]
    }
    return byDistance.flat()
  }
}

interface Samples {
  /** Both halves of the whole picture's fingerprint. */
  readonly first: number
  readonly second: number
  /** The first half of each tile's. */
  readonly tiles: Int32Array
}

function samplesOf(look: string): Samples {
  const bytes = Buffer.from(look, 'hex')
  const tiles = new Int32Array(TILES)
  for (let tile = 0; tile < TILES && bytes.length >= HASH_BYTES * (tile + 2); tile++)
    tiles[tile] = bytes.readInt32BE(HASH_BYTES * (tile + 1))
  return { first: bytes.readInt32BE(0), second: bytes.readInt32BE(4), tiles }
}

function grown(samples: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(samples.length * 2)
  larger.set(samples)
  return larger
}

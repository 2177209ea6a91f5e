import type { Imei14 } from '../../domain/fact.ts'
import type { CacheStore } from '../db/store.ts'
import { type IndexedRow, ListingIndex } from './listingIndex.ts'
import { ALL_ROWS, LOG_AFTER, LOG_ENDS, ROWS_OF_KEYS } from './queries.ts'

/** Rows read between two breaths. */
const BLOCK = 10_000
/** Beyond so many changes reading everything is quicker. */
const MOST_CHANGES = 50_000
/** Stands in the log for "all anew". */
const ALL = 0

/** The index of grey and black, kept up with the stored lists by their log. */
export class FollowingIndex {
  readonly #cache: CacheStore
  #index = new ListingIndex()
  /** Last entry of the log the index knows; null before it was read. */
  #known: number | null = null
  #reading: Promise<void> | null = null
  /** Grows with every change, so that what was counted on an older state is told apart. */
  version = 0

  constructor(cache: CacheStore) {
    this.#cache = cache
  }

  /** The index as the lists are now. The first call reads them all, later ones what changed. */
  async current(): Promise<ListingIndex> {
    for (;;) {
      if (this.#reading) await this.#reading
      if (this.#follow()) return this.#index
      this.#reading ??= this.#readAll().finally(() => {
        this.#reading = null
      })
    }
  }

  /** False when all must be read: nothing is known yet, or the log was cut, or says so. */
  #follow(): boolean {
    const { read } = this.#cache
    const [first, last] = read.rows<[number | null, number | null]>(LOG_ENDS).get() ?? [null, null]
    if (this.#known === null || last === null || last < this.#known) return false
    if (last === this.#known) return true
    if (first === null || first > this.#known + 1) return false
    const keys = read
      .rows<[Imei14]>(LOG_AFTER)
      .all(this.#known)
      .map(([key]) => key)
    if (keys.length > MOST_CHANGES || keys[0] === ALL) return false
    const rows = read.rows<IndexedRow & unknown[]>(ROWS_OF_KEYS).all(JSON.stringify(keys))
    this.#index.change(keys, new Map(rows.map((row) => [row[0], row])))
    this.#known = last
    this.version++
    return true
  }

  async #readAll(): Promise<void> {
    const index = new ListingIndex()
    // what changes while reading is in the log after this
    const last = this.#cache.read.rows<[number | null, number | null]>(LOG_ENDS).get()?.[1] ?? 0
    for (let after: Imei14 = -1; ; ) {
      const rows = this.#cache.read.rows<IndexedRow & unknown[]>(ALL_ROWS).all(after, BLOCK)
      for (const row of rows) index.add(row)
      after = rows.at(-1)?.[0] ?? after
      if (rows.length < BLOCK) break
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#index = index
    this.#known = last
    this.version++
  }
}

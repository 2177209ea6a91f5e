import type { Reader } from '../db/handle.ts'
import { LAST_TAC_CHANGE, TACS_WITH_BRAND } from './queries.ts'

/** Brands of the TAC table, read again when a list of TACs came or went. */
export class Brands {
  readonly #cache: Reader
  #readAt = -1
  #byBrand = new Map<string, number[]>()
  #ofTac = new Map<number, string>()

  constructor(cache: Reader) {
    this.#cache = cache
  }

  /** TACs of a brand, ascending; spelling of the brand in any case. */
  tacsOf(brand: string): readonly number[] {
    this.#renew()
    return this.#byBrand.get(brand.toLowerCase()) ?? []
  }

  brandOf(tac: number): string | null {
    this.#renew()
    return this.#ofTac.get(tac) ?? null
  }

  #renew(): void {
    const last = this.#cache.value<number>(LAST_TAC_CHANGE) ?? 0
    if (last === this.#readAt) return
    // ordered by batch: the newest list's word is the last
    this.#ofTac = new Map(this.#cache.rows<[tac: number, brand: string]>(TACS_WITH_BRAND).all())
    this.#byBrand = new Map()
    for (const [tac, brand] of this.#ofTac) {
      const same = this.#byBrand.get(brand.toLowerCase())
      if (same) same.push(tac)
      else this.#byBrand.set(brand.toLowerCase(), [tac])
    }
    this.#readAt = last
  }
}

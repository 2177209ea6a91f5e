import type { Reader } from './handle.ts'

/** TACs by brand of the newest live list that names each. */
export const TACS_WITH_BRAND = `SELECT t.tac, t.brand FROM tac t CROSS JOIN batch b ON b.no = t.batch
  WHERE b.added_seq IS NOT NULL AND b.ended_seq IS NULL ORDER BY t.tac, t.batch`
export const LAST_TAC_CHANGE = `SELECT max(coalesce(ended_seq, 0), coalesce(added_seq, 0)) FROM batch WHERE kind = 'tac'
  ORDER BY 1 DESC LIMIT 1`

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

import type { GridRow } from '../../contract/engine/grid.ts'
import type { Imei14, Operator } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import type { List, ListingReason } from '../../domain/listing.ts'
import { devices } from '../db/devices.ts'
import type { Reader } from '../db/handle.ts'
import type { IndexedRow } from './listingIndex.ts'
import { ROWS_OF_KEYS } from './queries.ts'

/** Rows of grey and black as the mirror has them now. */
export class ListedRows {
  readonly #cache: Reader
  constructor(cache: Reader) {
    this.#cache = cache
  }

  /** Of these IMEIs, ascending; one that left the lists meanwhile is left out. */
  of(keys: readonly Imei14[]): GridRow[] {
    if (keys.length === 0) return []
    const deviceOf = devices(this.#cache)
    return this.#cache
      .rows<IndexedRow & unknown[]>(ROWS_OF_KEYS)
      .all(JSON.stringify(keys))
      .map(([imei14, list, reason, since, deadline, operator, region, importer]) => {
        const { brand, model } = deviceOf(imei14)
        return {
          imei14: imei14Text(imei14),
          list: list as List,
          reason: reason as ListingReason,
          since,
          deadline,
          brand,
          model,
          operator: operator as Operator | null,
          region,
          importer,
        }
      })
  }
}

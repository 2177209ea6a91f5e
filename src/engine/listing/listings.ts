import type { z } from 'zod'
import type { LISTING_CALLS, zListingRow } from '../../contract/engine/listing.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import type { List, ListingReason } from '../../domain/listing.ts'
import { devices } from '../db/devices.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf, listedSeqOf } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { COUNT_OF_LIST, COUNT_OF_REASON, COUNTS, LISTINGS_OF_LIST, LISTINGS_OF_REASON, OVERDUE } from './queries.ts'

type Ask = z.output<typeof LISTING_CALLS.listings.input>
type Row = z.input<typeof zListingRow>
type Stored = [imei14: Imei14, list: List, reason: ListingReason, since: string, deadline: string | null]

/** A page of grey or black by IMEI, the rows after `after`. */
export function listingRows(cache: Reader, ask: Ask): Row[] {
  const [first, last] = keysOfPrefix(ask.prefix)
  const after = Math.max(first - 1, ask.after === null ? -1 : Number(ask.after))
  const stored =
    ask.reason === null
      ? cache.rows<Stored>(LISTINGS_OF_LIST).all(ask.list, after, last, ask.limit)
      : cache.rows<Stored>(LISTINGS_OF_REASON).all(ask.list, ask.reason, after, last, ask.limit)
  const deviceOf = devices(cache)
  return stored.map(([imei14, list, reason, since, deadline]) => {
    const { brand, model } = deviceOf(imei14)
    return { imei14: imei14Text(imei14), list, reason, since, deadline, brand, model }
  })
}

/** How many rows a filter lets through; remembered until the mirror moves, since every page of a list asks for the same total. */
export function listingTotals(cache: Reader): (ask: Pick<Ask, 'list' | 'reason' | 'prefix'>) => number {
  const totals = new Map<string, number>()
  let validAt = -1
  return ({ list, reason, prefix }) => {
    const listed = listedSeqOf(cache)
    const merging = listed !== cursorOf(cache).seq
    if (listed !== validAt || merging) totals.clear()
    validAt = listed
    const key = `${list}/${reason}/${prefix}`
    let total = totals.get(key)
    if (total === undefined) {
      const [first, last] = keysOfPrefix(prefix)
      total =
        (reason === null
          ? cache.value<number>(COUNT_OF_LIST, list, first, last)
          : cache.value<number>(COUNT_OF_REASON, list, reason, first, last)) ?? 0
      totals.set(key, total)
    }
    return total
  }
}

/** First and last key whose 14 digits begin so. */
export const keysOfPrefix = (prefix: string): readonly [first: Imei14, last: Imei14] => [
  Number(prefix.padEnd(14, '0')),
  Number(prefix.padEnd(14, '9')),
]

export function listingCounts(desk: Desk) {
  const cache = desk.home.cache.read
  return {
    groups: cache
      .rows<[List, ListingReason, number]>(COUNTS)
      .all()
      .map(([list, reason, count]) => ({ list, reason, count })),
    overdue: cache.value<number>(OVERDUE, businessDate(desk.now())) ?? 0,
    listedSeq: listedSeqOf(cache),
  }
}

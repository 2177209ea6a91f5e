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
import { COUNT_IN_RANGE, COUNTS, LISTINGS, OVERDUE } from './queries.ts'

type Ask = z.output<typeof LISTING_CALLS.listings.input>
type Row = z.input<typeof zListingRow>
type Stored = [imei14: Imei14, list: List, reason: ListingReason, since: string, deadline: string | null]

/** A page of grey or black by IMEI, the rows after `after`. */
export function listingRows(cache: Reader, ask: Ask): Row[] {
  const [first, last] = keysOfPrefix(ask.prefix)
  const after = Math.max(first - 1, ask.after === null ? -1 : Number(ask.after))
  const stored = cache.rows<Stored>(LISTINGS).all(ask.list, ask.reason, after, last, ask.limit)
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
      total = prefix === '' ? countOf(cache, list, reason) : countInRange(cache, list, reason, prefix)
      totals.set(key, total)
    }
    return total
  }
}

const countOf = (cache: Reader, list: List, reason: ListingReason | null): number => {
  const groups = cache.rows<[List, ListingReason, number]>(COUNTS).all()
  return groups.reduce((sum, [l, r, count]) => sum + (l === list && (reason ?? r) === r ? count : 0), 0)
}

function countInRange(cache: Reader, list: List, reason: ListingReason | null, prefix: string): number {
  const [first, last] = keysOfPrefix(prefix)
  return cache.value<number>(COUNT_IN_RANGE, list, reason, first, last) ?? 0
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

import { z } from 'zod'
import { type GridFilter, zGridFilter } from '../gridFilter.ts'
import { zImei14, zListing, zOperator } from '../value.ts'

/** GET /v1/listings: the filter's fields, `after` and `limit` in the query. White by any filter; keyset by IMEI. */
export const zListingAsk = zGridFilter.extend({
  after: zImei14.nullable().default(null),
  limit: z.coerce.number().int().min(1).max(1000),
})

export const zListingPage = z.object({
  rows: z.array(
    zListing.extend({
      imei14: zImei14,
      operator: zOperator.nullable(),
      region: z.string().nullable(),
      importer: z.string().nullable(),
    }),
  ),
  /** Where to go on; null at the end. A page may hold fewer rows than asked for and still have a next one. */
  next: zImei14.nullable(),
})
export type ListingPage = z.infer<typeof zListingPage>

/** The query of a page: what lets everything through is left out. */
export function listingQuery(filter: GridFilter, after: string | null, limit: number): string {
  const said = Object.entries({ ...filter, after, limit: String(limit) }).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  )
  return said.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

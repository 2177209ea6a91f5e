import type { Handlers } from '../../contract/call.ts'
import type { LISTING_CALLS } from '../../contract/engine/listing.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { explain } from './explain.ts'
import { listingCounts, listingRows, listingTotals } from './listings.ts'
import { lookup } from './lookup.ts'
import { policies } from './policies.ts'
import { simulatePolicy } from './simulate.ts'

/** Lookup, explanation and the lists, all from the mirror. */
export function listingCalls(desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof LISTING_CALLS> {
  const cache = desk.home.cache.read
  const totalOf = listingTotals(cache)
  return {
    lookup: ({ imeis }) => lookup(desk, imeis),
    explain: ({ imei, at }) => explain(desk, imei, at),
    listings: (ask) => ({ rows: listingRows(cache, ask), total: totalOf(ask) }),
    policies: () => policies(cache),
    'simulate-policy': (ask) => simulatePolicy(desk, ask),
    'listing-counts': () => listingCounts(desk),
  }
}

import type { GridRow } from '../../contract/engine/grid.ts'
import { type GridFilter, isRangeOnly, keysOfPrefix } from '../../contract/gridFilter.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import { listingOf } from '../../domain/policy.ts'
import { trouble } from '../../domain/problem.ts'
import { devices } from '../db/devices.ts'
import { factsOfSorted } from '../db/facts.ts'
import type { Reader } from '../db/handle.ts'
import { traitsOf } from '../db/listingTraits.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { KEYS_IN_RANGE } from './queries.ts'

export interface GridPage {
  readonly rows: GridRow[]
  readonly next: string | null
  readonly from: 'desk' | 'registry'
}

/** IMEIs judged between two looks at how many were found, and at most for one page. */
const BLOCK = 1000
const MOST_JUDGED = 20_000

/**
 * A page of white. White is not stored: thirty million listings are computed when asked for. A range of IMEIs the mirror walks itself; by
 * anything else the registry does. A page ends after so many IMEIs, full or not.
 */
export async function whitePage(desk: DeskCore, filter: GridFilter, after: Imei14, limit: number): Promise<GridPage> {
  const cache = desk.home.cache.read
  if (isRangeOnly(filter)) return walkRange(cache, filter.prefix, after, limit)
  const client = desk.link.client
  if (!client) throw trouble('needs-registry', {})
  const page = await client.listings(filter, after < 0 ? null : imei14Text(after), limit)
  const deviceOf = devices(cache)
  const rows = page.rows.map((row) => ({ ...row, ...nameOf(deviceOf(Number(row.imei14))) }))
  return { rows, next: page.next, from: 'registry' }
}

const nameOf = ({ brand, model }: { brand: string | null; model: string | null }) => ({ brand, model })

function walkRange(cache: Reader, prefix: string, after: Imei14, limit: number): GridPage {
  const [first, last] = keysOfPrefix(prefix)
  const policy = policyAt(cache, cursorOf(cache).seq)
  const deviceOf = devices(cache)
  const rows: GridRow[] = []
  let at = Math.max(after, first - 1)
  for (let judged = 0; judged < MOST_JUDGED; ) {
    const keys = cache.rows<[Imei14]>(KEYS_IN_RANGE).all(at, last, BLOCK)
    for (const { imei14, facts } of factsOfSorted(
      cache,
      keys.map(([key]) => key),
    )) {
      at = imei14
      const listing = listingOf(facts, policy)
      if (listing.list !== 'white') continue
      rows.push({ ...listing, imei14: imei14Text(imei14), ...nameOf(deviceOf(imei14)), ...traitsOf(cache, facts) })
      if (rows.length === limit) return { rows, next: imei14Text(at), from: 'desk' }
    }
    if (keys.length < BLOCK) return { rows, next: null, from: 'desk' }
    judged += keys.length
  }
  return { rows, next: imei14Text(at), from: 'desk' }
}

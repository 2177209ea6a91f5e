import { type GridFilter, keysOfPrefix, letsThrough } from '../../contract/gridFilter.ts'
import type { ListingPage } from '../../contract/registry/listings.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { imei14Text } from '../../domain/imei.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { traitedOf } from '../db/listing/matching.ts'
import { batchesBringing, keysInRange, keysOfImporter, tacsOfBrand, tellingFacts } from '../db/listing/queries.ts'
import type { Database, Sql } from '../db/pool.ts'
import { snapshot } from '../db/transaction.ts'

const BLOCK = 1000
/** IMEIs judged for one page: it ends there, full or not, and says where to go on. */
const MOST_JUDGED = 20_000

type Range = readonly [after: Imei14, last: Imei14]

/** A page of a list by any filter, in order of IMEI, from one moment of the database. */
export const listingPage = (db: Database, filter: GridFilter, after: Imei14, limit: number): Promise<ListingPage> =>
  snapshot(db, async (tx) => {
    const policy = await currentPolicy(tx)
    const batches = await narrowed(tx, filter)
    const rows: ListingPage['rows'] = []
    let judged = 0
    for (const [first, last] of await rangesOf(tx, filter, after)) {
      for (let at = first; ; ) {
        const keys =
          filter.importer === null
            ? await keysInRange(tx, at, last, batches, BLOCK)
            : await keysOfImporter(tx, filter.importer, at, last, BLOCK)
        const facts = await tellingFacts(tx, keys)
        for (const imei14 of keys) {
          at = imei14
          const row = traitedOf(facts.get(imei14) ?? [], policy)
          if (!letsThrough(filter, row)) continue
          rows.push({ imei14: imei14Text(imei14), ...row })
          if (rows.length === limit) return { rows, next: imei14Text(at) }
        }
        judged += keys.length
        if (keys.length < BLOCK) break
        if (judged >= MOST_JUDGED) return { rows, next: imei14Text(at) }
      }
      if (judged >= MOST_JUDGED) return { rows, next: imei14Text(last) }
    }
    return { rows, next: null }
  })

/** Stretches of IMEIs the filter may find anything in: those of its first digits, and of the TACs of its brand. */
async function rangesOf(db: Sql, filter: GridFilter, after: Imei14): Promise<Range[]> {
  const [first, last] = keysOfPrefix(filter.prefix)
  const whole: Range = [Math.max(after, first - 1), last]
  if (filter.brand === null) return [whole]
  return (await tacsOfBrand(db, filter.brand))
    .map((tac): Range => [Math.max(whole[0], tac * 1e6 - 1), Math.min(whole[1], tac * 1e6 + 999_999)])
    .filter(([from, to]) => from < to)
}

/** Batches without a fact of which an IMEI cannot be what is asked for; null where nothing narrows. */
async function narrowed(db: Sql, { reason, operator }: GridFilter): Promise<readonly number[] | null> {
  if (operator !== null) return batchesBringing(db, ['seen'], operator)
  if (reason === null) return null
  if (reason === 'not-confirmed') return batchesBringing(db, ['seen'], null)
  return batchesBringing(db, reason === 'legacy' ? ['legacy', 'seen'] : [reason], null)
}

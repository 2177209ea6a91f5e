import type { Imei14, IsoDate } from '../../domain/fact.ts'
import type { ListingReason } from '../../domain/listing.ts'
import type { Reader } from '../db/handle.ts'

export type BlackRow = readonly [imei14: Imei14, reason: ListingReason, since: IsoDate]

/** The black list by IMEI; one read transaction from the first row to the last. */
export const blackList = (cache: Reader): IterableIterator<BlackRow> =>
  cache.rows<BlackRow>(`SELECT imei14, reason, since FROM listing WHERE list = 'black' ORDER BY imei14`).iterate()

export const countBlack = (cache: Reader): number =>
  cache.value<number>(`SELECT count(*) FROM listing WHERE list = 'black'`) ?? 0

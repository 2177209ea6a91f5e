import { digestText, factDigestSql, listingDigestSql, listNumberSql, reasonNumberSql } from '../../contract/digest.ts'
import type { DigestPart } from '../../contract/registry/digestRanges.ts'
import type { Reader } from './handle.ts'

const number = (column: string): string => `coalesce(CAST(replace(${column}, '-', '') AS INTEGER), 0)`
const LISTING = {
  imei14: 'imei14',
  list: listNumberSql('list'),
  reason: reasonNumberSql('reason'),
  since: number('since'),
  deadline: number('deadline'),
}
const FACT = { imei14: 'f.imei14', batch: 'f.batch', doc: 'f.doc', next: 'f.next' }

/** Sums pass 2^53, so they leave SQLite as text. */
const ranged = (sums: string, of: string): string =>
  `SELECT range, rows, CAST(a AS TEXT) AS a, CAST(b AS TEXT) AS b FROM (SELECT ${sums} FROM ${of} GROUP BY 1)`

const RANGES: Readonly<Record<DigestPart, string>> = {
  facts: ranged(
    `f.imei14 / CAST(?3 AS INTEGER) AS range, ${factDigestSql(FACT)}`,
    `fact f JOIN batch b ON b.no = f.batch
     WHERE f.imei14 >= ?1 AND f.imei14 < ?2 AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL`,
  ),
  listings: ranged(
    `imei14 / CAST(?3 AS INTEGER) AS range, ${listingDigestSql(LISTING)}`,
    'listing WHERE imei14 >= ?1 AND imei14 < ?2',
  ),
}

/** Where a stretch of so many rows that begins at ?1 ends. */
const STRETCH: Readonly<Record<DigestPart, string>> = {
  facts: 'SELECT imei14 FROM fact WHERE imei14 >= ? ORDER BY imei14 LIMIT 1 OFFSET ?',
  listings: 'SELECT imei14 FROM listed WHERE imei14 >= ? ORDER BY imei14 LIMIT 1 OFFSET ?',
}
const ROWS_A_STRETCH = 100_000
export const ALL_IMEIS = 100_000_000_000_000

export interface RangeDigest {
  readonly from: number
  readonly rows: number
  readonly digest: string
}

/**
 * Digests of the ranges of `width` IMEIs that have rows, as the registry computes them (contract/digest.ts), of live facts or stored
 * listings. Stretch by stretch: other work goes on between two of them, and the caller sees to it that the mirror did not move on.
 */
export async function rangeDigests(
  cache: Reader,
  part: DigestPart,
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
  breathe: () => Promise<unknown>,
): Promise<RangeDigest[]> {
  const sums = new Map<number, { rows: number; a: bigint; b: bigint }>()
  for (let at = from; at < to; ) {
    const end = Math.min(to, cache.value<number>(STRETCH[part], at, ROWS_A_STRETCH) ?? to)
    const upTo = end === at ? at + 1 : end
    for (const row of cache
      .query<{ range: number; rows: number; a: string; b: string }>(RANGES[part])
      .all(at, upTo, width)) {
      const sum = sums.get(row.range) ?? { rows: 0, a: 0n, b: 0n }
      sums.set(row.range, { rows: sum.rows + row.rows, a: sum.a + BigInt(row.a), b: sum.b + BigInt(row.b) })
    }
    at = upTo
    await breathe()
  }
  return [...sums].sort(([a], [b]) => a - b).map(([range, sum]) => ({ from: range * width, ...digestText(sum) }))
}

/** Number and sum of all live facts and stored listings of the mirror. */
export function cacheDigest(cache: Reader) {
  const whole = (part: DigestPart) => {
    const row = cache.query<{ rows: number; a: string; b: string }>(RANGES[part]).get(0, ALL_IMEIS, ALL_IMEIS)
    return digestText(row ?? { rows: 0, a: 0, b: 0 })
  }
  return { facts: whole('facts'), listings: whole('listings') }
}

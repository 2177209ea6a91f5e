import { digestText, factDigestSql, listingDigestSql, listNumberSql, reasonNumberSql } from '../../contract/digest.ts'
import type { Reader } from './handle.ts'

const FACTS = `SELECT ${factDigestSql({ imei14: 'f.imei14', batch: 'f.batch', doc: 'f.doc', next: 'f.next' })}
  FROM fact f JOIN batch b ON b.no = f.batch WHERE b.added_seq IS NOT NULL AND b.ended_seq IS NULL`

const number = (column: string): string => `coalesce(CAST(replace(${column}, '-', '') AS INTEGER), 0)`
const LISTINGS = `SELECT ${listingDigestSql({
  imei14: 'imei14',
  list: listNumberSql('list'),
  reason: reasonNumberSql('reason'),
  since: number('since'),
  deadline: number('deadline'),
})} FROM listing`

type Sums = { rows: number; a: string; b: string }

/** Number and sum of the mirror's live facts and stored listings, as the registry computes them (contract/digest.ts). */
export function cacheDigest(cache: Reader) {
  const sums = (sql: string) => {
    // sums pass 2^53, so they leave SQLite as text
    const row = cache.query<Sums>(`SELECT rows, CAST(a AS TEXT) AS a, CAST(b AS TEXT) AS b FROM (${sql})`).get()
    if (!row) throw new Error('a digest has no row')
    return digestText(row)
  }
  return { facts: sums(FACTS), listings: sums(LISTINGS) }
}

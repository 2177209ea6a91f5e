import {
  digestText,
  factDigestSql,
  listingDigestSql,
  listNumberSql,
  reasonNumberSql,
} from '../../../contract/digest.ts'
import type { Seq } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'

interface Sums {
  readonly rows: number
  readonly a: string
  readonly b: string
}

const day = (column: string): string => `coalesce(to_char(${column}, 'YYYYMMDD')::bigint, 0)`

const FACTS = `SELECT ${factDigestSql({ imei14: 'f.imei14', batch: 'f.batch', doc: 'f.doc', next: 'f.next' })}
  FROM fact f JOIN batch b ON b.no = f.batch
  WHERE b.added_seq <= $1 AND (b.ended_seq IS NULL OR b.ended_seq > $1)`

/** Number and sums of the facts that were live at an event. */
export const factsDigest = async (db: Sql, seq: Seq) => digestText(row(await db.one<Sums>(FACTS, [seq])))

const LISTINGS = `WITH later AS (
    SELECT DISTINCT ON (c.imei14) c.imei14, c.from_list, c.from_reason, c.from_since, c.from_deadline
    FROM act a JOIN listing_change c ON c.act = a.no WHERE a.seq > $1 ORDER BY c.imei14, a.seq
  ), then_listed AS (
    SELECT imei14, list, reason, since, deadline FROM listing l
      WHERE NOT EXISTS (SELECT FROM later WHERE later.imei14 = l.imei14)
    UNION ALL
    SELECT imei14, from_list, from_reason, from_since, from_deadline FROM later WHERE from_list IN ('grey', 'black')
  )
  SELECT ${listingDigestSql({
    imei14: 'imei14',
    list: `(${listNumberSql('list')})::bigint`,
    reason: `(${reasonNumberSql('reason')})::bigint`,
    since: day('since'),
    deadline: day('deadline'),
  })} FROM then_listed`

/** Number and sums of the grey and black listings as they were after an event. */
export const listingsDigest = async (db: Sql, seq: Seq) => digestText(row(await db.one<Sums>(LISTINGS, [seq])))

const row = (sums: Sums | null): Sums => {
  if (!sums) throw new Error('an aggregate gave no row')
  return sums
}

import {
  digestText,
  factDigestSql,
  listingDigestSql,
  listNumberSql,
  reasonNumberSql,
} from '../../../contract/digest.ts'
import type { Seq } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

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

interface RangeSums extends Sums {
  readonly range: number
}

const FACT_COLUMNS = { imei14: 'f.imei14', batch: 'f.batch', doc: 'f.doc', next: 'f.next' }
const LIVE_AT = 'b.added_seq <= $1 AND (b.ended_seq IS NULL OR b.ended_seq > $1)'

export const FACT_RANGES = `SELECT f.imei14 / $4::bigint AS range, ${factDigestSql(FACT_COLUMNS)}
  FROM fact f JOIN batch b ON b.no = f.batch
  WHERE ${LIVE_AT} AND f.imei14 >= $2 AND f.imei14 < $3 GROUP BY 1 ORDER BY 1`

/** Stored listings of a range as they were after an event. */
const LISTED_THEN = `WITH later AS (
    SELECT DISTINCT ON (c.imei14) c.imei14, c.from_list, c.from_reason, c.from_since, c.from_deadline
    FROM act a JOIN listing_change c ON c.act = a.no
    WHERE a.seq > $1 AND c.imei14 >= $2 AND c.imei14 < $3 ORDER BY c.imei14, a.seq
  ), then_listed AS (
    SELECT imei14, list, reason, since, deadline FROM listing l
      WHERE imei14 >= $2 AND imei14 < $3 AND NOT EXISTS (SELECT FROM later WHERE later.imei14 = l.imei14)
    UNION ALL
    SELECT imei14, from_list, from_reason, from_since, from_deadline FROM later WHERE from_list IN ('grey', 'black')
  )`

export const LISTING_RANGES = `${LISTED_THEN} SELECT imei14 / $4::bigint AS range, ${listingDigestSql({
  imei14: 'imei14',
  list: `(${listNumberSql('list')})::bigint`,
  reason: `(${reasonNumberSql('reason')})::bigint`,
  since: day('since'),
  deadline: day('deadline'),
})} FROM then_listed GROUP BY 1 ORDER BY 1`

/** Digests of the ranges of `width` IMEIs that have rows, `from` ≤ IMEI < `to`, as of an event. */
export async function rangesDigest(
  db: Sql,
  part: 'facts' | 'listings',
  seq: Seq,
  of: { from: number; to: number; width: number },
): Promise<{ from: number; rows: number; digest: string }[]> {
  const rows = await db.all<RangeSums>(part === 'facts' ? FACT_RANGES : LISTING_RANGES, [seq, of.from, of.to, of.width])
  return rows.map((r) => ({ from: r.range * of.width, ...digestText(r) }))
}

type FactRow = [imei14: number, batch: number, doc: number, next: number]
type DocRow = [batch: number, no: number, op: 'add' | 'remove', date: string, network: string | null, data: string]
type ListingRow = [imei14: number, list: 'grey' | 'black', reason: string, since: string, deadline: string | null]

const arrays = async <R>(tx: Tx, text: string, values: readonly unknown[]): Promise<R[]> =>
  (await tx.client.query({ text, values: [...values], rowMode: 'array' })).rows as unknown as R[]

/** Live facts of a range as of an event. */
export const factRowsThen = (tx: Tx, seq: Seq, from: number, to: number): Promise<FactRow[]> =>
  arrays(
    tx,
    `SELECT f.imei14, f.batch, f.doc, f.next FROM fact f JOIN batch b ON b.no = f.batch
     WHERE ${LIVE_AT} AND f.imei14 >= $2 AND f.imei14 < $3 ORDER BY f.imei14, f.batch`,
    [seq, from, to],
  )

/** The documents that facts name. */
export const docsNamed = (tx: Tx, facts: readonly FactRow[]): Promise<DocRow[]> =>
  arrays(
    tx,
    `SELECT d.batch, d.no, d.op, d.date, d.network, d.data
     FROM (SELECT DISTINCT batch, no FROM unnest($1::bigint[], $2::bigint[]) AS w(batch, no)) w
     JOIN doc d ON d.batch = w.batch AND d.no = w.no ORDER BY d.batch, d.no`,
    [facts.map((f) => f[1]), facts.map((f) => f[2])],
  )

/** Stored listings of a range as of an event. */
export const listingRowsThen = (tx: Tx, seq: Seq, from: number, to: number): Promise<ListingRow[]> =>
  arrays(tx, `${LISTED_THEN} SELECT imei14, list, reason, since, deadline FROM then_listed ORDER BY imei14`, [
    seq,
    from,
    to,
  ])

import { LISTING_REASONS, LISTS } from '../domain/listing.ts'

/**
 * A fingerprint of rows that SQLite and PostgreSQL compute alike in one pass and in any order: every row is mixed into an integer
 * below P, and the integers are summed. All steps stay below 2^63, so neither database overflows. It finds damage and drift; against
 * forgery there is the audit log. Definition in words: docs/formats/digest.md.
 */

const P = 2_147_483_647

/** Columns as SQL expressions of 64-bit integers; `next` is 0 for none. */
export interface FactColumns {
  readonly imei14: string
  readonly batch: string
  readonly doc: string
  readonly next: string
}

/** `list` and `reason` as listNumber/reasonNumber, dates as YYYYMMDD, 0 for null. */
export interface ListingColumns {
  readonly imei14: string
  readonly list: string
  readonly reason: string
  readonly since: string
  readonly deadline: string
}

const mixed = (linear: string): string =>
  `((((${linear}) % ${P}) * ((${linear}) % ${P})) % ${P} * 69621 + (${linear})) % ${P}`

const factLinear = (c: FactColumns, a: number): string =>
  `(${c.imei14}) % ${P} * ${a} + (${c.imei14}) / ${P} * 40692 + (${c.batch}) * 16807 + (${c.doc}) * 3791 + (${c.next}) % ${P} * 63689`

const listingLinear = (c: ListingColumns, a: number): string =>
  `(${c.imei14}) % ${P} * ${a} + (${c.imei14}) / ${P} * 40692 + (${c.list}) * 16807 + (${c.reason}) * 3791 + (${c.since}) * 63689 + (${c.deadline}) * 14903`

const sums = (linear: (a: number) => string): string =>
  `count(*) AS rows, coalesce(sum(${mixed(linear(48_271))}), 0) AS a, coalesce(sum(${mixed(linear(30_269))}), 0) AS b`

/** Select list (rows, a, b) of the digest of facts, in the SQL of both databases. */
export const factDigestSql = (c: FactColumns): string => sums((a) => factLinear(c, a))

/** Select list (rows, a, b) of the digest of stored listings (grey and black). */
export const listingDigestSql = (c: ListingColumns): string => sums((a) => listingLinear(c, a))

/** The digest as it travels. Sums above 2^53 come as text or bigint. */
export const digestText = (row: {
  rows: number | bigint | string
  a: number | bigint | string
  b: number | bigint | string
}) => ({
  rows: Number(row.rows),
  digest: `${row.a}.${row.b}`,
})

/** CASE expression that turns a text column with a list into its number; 0 for null. */
export const listNumberSql = (column: string): string => numberOf(column, LISTS)

/** CASE expression that turns a text column with a reason into its number; 0 for null. */
export const reasonNumberSql = (column: string): string => numberOf(column, LISTING_REASONS)

const numberOf = (column: string, names: readonly string[]): string =>
  `CASE ${column} ${names.map((name, i) => `WHEN '${name}' THEN ${i + 1}`).join(' ')} ELSE 0 END`

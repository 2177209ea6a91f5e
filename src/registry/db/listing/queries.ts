import { type BatchKind, FACT_OF_BATCH } from '../../../domain/batch.ts'
import type { Fact, FactOp, Imei14, IsoDate, Network, Seq, SourceBody } from '../../../domain/fact.ts'
import type { Policy } from '../../../domain/policy.ts'
import { factOf } from '../fact/queries.ts'
import type { Sql } from '../pool.ts'

/** A live fact with what its document says of importer and region. */
export interface TellingFact extends Fact {
  readonly bin: string | null
  readonly region: string | null
}

interface Row {
  readonly imei14: Imei14
  readonly id: string
  readonly kind: BatchKind
  readonly source: SourceBody
  readonly seq: Seq
  readonly op: FactOp
  readonly date: IsoDate
  readonly network: Network | null
  readonly bin: string | null
  readonly region: string | null
}

export const TELLING_FACTS = `SELECT f.imei14, b.id, b.kind, b.source, b.added_seq AS seq, d.op, d.date, d.network,
     d.data::jsonb ->> 'bin' AS bin, d.data::jsonb ->> 'region' AS region
   FROM fact f JOIN batch b ON b.no = f.batch AND b.state = 'committed'
   JOIN doc d ON d.batch = f.batch AND d.no = f.doc WHERE f.imei14 = ANY($1)`

/** Live facts of some thousand IMEIs. */
export async function tellingFacts(db: Sql, imeis: readonly Imei14[]): Promise<Map<Imei14, TellingFact[]>> {
  const found = new Map<Imei14, TellingFact[]>(imeis.map((imei14) => [imei14, []]))
  for (const r of await db.all<Row>(TELLING_FACTS, [imeis]))
    found.get(r.imei14)?.push({ ...factOf(r, r), bin: r.bin, region: r.region })
  return found
}

/** Numbers of the live batches that bring facts of these kinds, of one source when it is given. */
export async function batchesBringing(db: Sql, kinds: readonly string[], source: string | null): Promise<number[]> {
  const of = Object.entries(FACT_OF_BATCH).flatMap(([kind, fact]) =>
    fact !== null && kinds.includes(fact) ? [kind] : [],
  )
  const rows = await db.all<{ no: number }>(
    "SELECT no FROM batch WHERE state = 'committed' AND kind = ANY($1) AND ($2::text IS NULL OR source = $2) ORDER BY no",
    [of, source],
  )
  return rows.map(({ no }) => no)
}

export const KEYS_IN_RANGE = `SELECT DISTINCT imei14 FROM fact
   WHERE imei14 > $1 AND imei14 <= $2 AND ($3::bigint[] IS NULL OR batch = ANY($3)) ORDER BY imei14 LIMIT $4`
export const KEYS_OF_IMPORTER = `SELECT DISTINCT f.imei14 FROM doc d JOIN fact f ON f.batch = d.batch AND f.doc = d.no
   WHERE d.data::jsonb ->> 'bin' = $1 AND f.imei14 > $2 AND f.imei14 <= $3 ORDER BY f.imei14 LIMIT $4`

/** IMEIs with facts in (after, last], of these batches when they are given. */
export const keysInRange = async (
  db: Sql,
  after: Imei14,
  last: Imei14,
  batches: readonly number[] | null,
  limit: number,
): Promise<Imei14[]> =>
  (await db.all<{ imei14: Imei14 }>(KEYS_IN_RANGE, [after, last, batches, limit])).map(({ imei14 }) => imei14)

/** IMEIs in (after, last] that an importer declared. */
export const keysOfImporter = async (
  db: Sql,
  bin: string,
  after: Imei14,
  last: Imei14,
  limit: number,
): Promise<Imei14[]> =>
  (await db.all<{ imei14: Imei14 }>(KEYS_OF_IMPORTER, [bin, after, last, limit])).map(({ imei14 }) => imei14)

/** TACs of a brand by the newest live list that names each, ascending. */
export async function tacsOfBrand(db: Sql, brand: string): Promise<number[]> {
  const rows = await db.all<{ tac: number }>(
    `SELECT tac FROM (SELECT DISTINCT ON (t.tac) t.tac, t.brand FROM tac t JOIN batch b ON b.no = t.batch AND b.state = 'committed'
       ORDER BY t.tac, t.batch DESC) newest WHERE lower(brand) = lower($1) ORDER BY tac`,
    [brand],
  )
  return rows.map(({ tac }) => tac)
}

/**
 * Facts of every grey and black IMEI, live or not; and of every IMEI. In order of IMEI. The lists are a few per cent of all, so their facts
 * are looked up one by one as the index goes (OFFSET keeps the planner to it): a join would read through all facts and sort.
 */
export const FACTS_OF_LISTED = `SELECT f.imei14, f.batch, f.doc FROM listing l
   CROSS JOIN LATERAL (SELECT imei14, batch, doc FROM fact WHERE fact.imei14 = l.imei14 OFFSET 0) f ORDER BY l.imei14`
export const ALL_FACTS = 'SELECT imei14, batch, doc FROM fact ORDER BY imei14'

/** Brands by TAC, of the newest live list that names each. */
export async function brandsByTac(db: Sql): Promise<Map<number, string>> {
  const rows = await db.all<{ tac: number; brand: string }>(
    "SELECT DISTINCT ON (t.tac) t.tac, t.brand FROM tac t JOIN batch b ON b.no = t.batch AND b.state = 'committed' ORDER BY t.tac, t.batch DESC",
  )
  return new Map(rows.map(({ tac, brand }) => [tac, brand]))
}

/** IMEIs about which an appeal is open, with the appeal's number. */
export async function openAppeals(db: Sql): Promise<Map<Imei14, string>> {
  const rows = await db.all<{ imei14: Imei14; id: string }>(
    `SELECT i.imei14, a.id FROM appeal_imei i JOIN appeal a ON a.id = i.appeal
     WHERE a.state NOT IN ('approved', 'rejected', 'referred', 'withdrawn')`,
  )
  return new Map(rows.map(({ imei14, id }) => [imei14, id]))
}

export const policyOfVersion = async (db: Sql, version: number): Promise<Policy | null> =>
  (await db.one<{ doc: Policy }>('SELECT doc FROM policy WHERE version = $1', [version]))?.doc ?? null

/** IMEI rows of the live batches. */
export const factsCount = async (db: Sql): Promise<number> =>
  (
    await db.one<{ facts: number }>(
      "SELECT coalesce(sum((head -> 'counts' ->> 'imeis')::bigint), 0)::bigint AS facts FROM batch WHERE state = 'committed'",
    )
  )?.facts ?? 0

import {
  type DigestPart,
  type DigestRanges,
  type FactRows,
  type ListingRows,
  ROWS_COMPARED,
} from '../../contract/registry/digestRanges.ts'
import type { Digest } from '../../contract/registry.ts'
import type { Seq } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import {
  docsNamed,
  factRowsThen,
  factsDigest,
  listingRowsThen,
  listingsDigest,
  rangesDigest,
} from '../db/digest/queries.ts'
import { isBetween } from '../db/fact/queries.ts'
import { readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { snapshot, type Tx } from '../db/transaction.ts'

/** Rows of a range are asked for row by row only when there are few on both sides; a range may have grown since. */
const MOST_ROWS = ROWS_COMPARED * 50

/**
 * What a cache at event `atSeq` must hold (null: now), from one moment of the database.
 * @throws ProblemError `epoch-changed` for an event this registry has not seen, `digest-between` for one in the middle of an act
 */
export const digest = (db: Database, atSeq: Seq | null): Promise<Digest> =>
  asOf(db, atSeq, async (tx, seq) => ({
    seq,
    facts: await factsDigest(tx, seq),
    listings: await listingsDigest(tx, seq),
  }))

/** The same by ranges of IMEI. @throws those of `digest` */
export const digestRanges = (
  db: Database,
  part: DigestPart,
  atSeq: Seq,
  of: { from: number; to: number; width: number },
): Promise<DigestRanges> => asOf(db, atSeq, async (tx, seq) => ({ seq, ranges: await rangesDigest(tx, part, seq, of) }))

/** Live facts of a range with their documents, as of an event. @throws those of `digest`, `bad-message` for a range of too many */
export const factRows = (db: Database, atSeq: Seq, from: number, to: number): Promise<FactRows> =>
  asOf(db, atSeq, async (tx, seq) => {
    const facts = fewEnough(await factRowsThen(tx, seq, from, to))
    return { seq, facts, docs: await docsNamed(tx, facts) }
  })

/** Stored listings of a range, as of an event. @throws those of `factRows` */
export const listingRows = (db: Database, atSeq: Seq, from: number, to: number): Promise<ListingRows> =>
  asOf(db, atSeq, async (tx, seq) => ({ seq, listings: fewEnough(await listingRowsThen(tx, seq, from, to)) }))

const asOf = <T>(db: Database, atSeq: Seq | null, work: (tx: Tx, seq: Seq) => Promise<T>): Promise<T> =>
  snapshot(db, async (tx) => {
    const { head, epoch } = await readHead(tx)
    const seq = atSeq ?? head
    if (seq > head) throw trouble('epoch-changed', { epoch, head, desk: seq })
    if (await isBetween(tx, seq)) throw trouble('digest-between', { seq })
    return work(tx, seq)
  })

function fewEnough<R>(rows: R[]): R[] {
  if (rows.length > MOST_ROWS) throw trouble('bad-message', { field: 'to', message: `${rows.length} rows` })
  return rows
}

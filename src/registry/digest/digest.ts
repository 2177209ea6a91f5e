import type { Digest } from '../../contract/registry.ts'
import type { Seq } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { factsDigest, listingsDigest } from '../db/digest/queries.ts'
import { readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { snapshot } from '../db/transaction.ts'

/**
 * What a cache at event `atSeq` must hold (null: now), from one moment of the database.
 * @throws ProblemError `epoch-changed` for an event this registry has not seen
 */
export const digest = (db: Database, atSeq: Seq | null): Promise<Digest> =>
  snapshot(db, async (tx) => {
    const { head, epoch } = await readHead(tx)
    const seq = atSeq ?? head
    if (seq > head) throw trouble('epoch-changed', { epoch, head, desk: seq })
    return { seq, facts: await factsDigest(tx, seq), listings: await listingsDigest(tx, seq) }
  })

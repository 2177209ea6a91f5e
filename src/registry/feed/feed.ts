import type { Feed } from '../../contract/registry.ts'
import type { Seq } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { eventsAfter } from '../db/log/queries.ts'
import type { Reads } from '../db/reads.ts'
import type { DurableHead } from './durableHead.ts'

/** Most events in one answer. */
const FEED_LIMIT = 1000

/** What a desk asks for. */
export interface FeedRequest {
  readonly epoch: string
  readonly after: Seq
  readonly limit: number
  /** The desk knows that the feed goes at least so far. */
  readonly minSeq: Seq
}

/**
 * Events after a desk's cursor, in order, as far as no failover takes them back. With replicas a known head is enough, and the primary
 * hears nothing of it. @throws ProblemError `epoch-changed` when the cursor is of another epoch or ahead of the log: the registry was
 * restored, the desk must compare and repair; `snapshot-needed` when the feed no longer goes back as far.
 */
export async function feed(durable: DurableHead, reads: Reads, r: FeedRequest): Promise<Feed> {
  const { epoch, after } = r
  const known = reads.hasReplicas ? durable.known : null
  const enough = known?.epoch === epoch && known.head >= Math.max(after, r.minSeq) && r.minSeq > 0
  const head = known && enough ? known : await durable.read()
  if (epoch !== head.epoch || after > head.head)
    throw trouble('epoch-changed', { epoch: head.epoch, head: head.head, desk: epoch })
  if (after + 1 < head.oldest) throw trouble('snapshot-needed', { oldest: head.oldest, desk: after })
  const limit = Math.min(r.limit, FEED_LIMIT, head.head - after)
  const events =
    limit === 0
      ? []
      : await reads.at({ epoch, seq: Math.min(after + limit, head.head) }, (db) => eventsAfter(db, after, limit))
  return { epoch, head: head.head, events }
}

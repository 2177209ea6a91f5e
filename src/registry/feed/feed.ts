import type { Feed } from '../../contract/registry.ts'
import type { Seq } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { eventsAfter, readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'

/** Most events in one answer. */
const FEED_LIMIT = 1000

/**
 * Events after a desk's cursor, in order. @throws ProblemError `epoch-changed` when the cursor is of another epoch or ahead of the log:
 * the registry was restored, the desk must compare and repair; `snapshot-needed` when the feed no longer goes back as far.
 */
export async function feed(db: Database, epoch: string, after: Seq, limit: number): Promise<Feed> {
  const head = await readHead(db)
  if (epoch !== head.epoch || after > head.head)
    throw trouble('epoch-changed', { epoch: head.epoch, head: head.head, desk: epoch })
  if (after + 1 < head.oldest) throw trouble('snapshot-needed', { oldest: head.oldest, desk: after })
  // events committed since the head was read only make the answer fresher
  const events = await eventsAfter(db, after, Math.min(limit, FEED_LIMIT))
  return { epoch: head.epoch, head: Math.max(head.head, events.at(-1)?.seq ?? 0), events }
}

import type { Instant } from '../../domain/fact.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import type { Database } from '../db/pool.ts'
import { settings } from '../db/setting/queries.ts'
import { blobsInUse, collectBatches, collectEvents, forgetDropped, newestSnapshot } from '../db/snapshot/queries.ts'
import { transaction } from '../db/transaction.ts'

const DAY_MS = 86_400_000
/** A desk that began with a snapshot may take its time to read it, over a slow line and several days of work. */
export const SNAPSHOT_KEPT_DAYS = 7

export interface Collected {
  /** First event the feed still has. */
  readonly oldest: number
  readonly blobs: number
}

/**
 * Takes out of the feed what is older than the retention and in the newest snapshot, and removes segments nobody reads any more: those
 * of batches whose event left the feed, and those of snapshots dropped days ago.
 */
export async function collect(db: Database, blobs: BlobStore, epoch: string, now: Instant): Promise<Collected> {
  const newest = await newestSnapshot(db, epoch)
  if (!newest) return { oldest: 1, blobs: 0 }
  const { feedDays } = await settings(db)
  const before = (days: number): Instant => new Date(Date.parse(now) - days * DAY_MS).toISOString()
  const { oldest, unused } = await transaction(db, async (tx) => {
    const oldest = await collectEvents(tx, newest.seq, before(feedDays))
    const named = [...(await collectBatches(tx, oldest)), ...(await forgetDropped(tx, before(SNAPSHOT_KEPT_DAYS)))]
    const used = await blobsInUse(tx, named)
    return { oldest, unused: [...new Set(named)].filter((sha256) => !used.has(sha256)) }
  })
  for (const sha256 of unused) await blobs.remove(sha256)
  return { oldest, blobs: unused.length }
}

import type { Home } from '../../../src/engine/db/home.ts'
import { pull } from '../../../src/engine/sync/pull.ts'
import { relistChunk } from '../../../src/engine/sync/relist.ts'
import { EPOCH, type RecordedFeed } from './recordedFeed.ts'

export const NOW = '2026-02-01T06:00:00.000Z'

/** Brings a home to the end of a recorded feed, its stored lists too. */
export async function catchUp(home: Home, feed: RecordedFeed, merge = true): Promise<number> {
  const pulled = await pull(
    {
      cache: home.cache,
      source: feed,
      now: () => NOW,
      changed: () => undefined,
      progress: () => undefined,
      copied: () => undefined,
    },
    EPOCH,
  )
  if (merge) while (relistChunk(home.cache) !== null);
  return pulled
}

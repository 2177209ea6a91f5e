import type { CacheStore } from '../db/store.ts'
import { relistChunk } from './relist.ts'

/**
 * Brings the stored lists (grey, black) up to the cursor, for what needs them exact; other calls are answered between the chunks.
 * Throws the signal's reason when cancelled.
 */
export async function listsAtCursor(cache: CacheStore, signal: AbortSignal): Promise<void> {
  while (relistChunk(cache) !== null) {
    await new Promise(setImmediate)
    signal.throwIfAborted()
  }
}

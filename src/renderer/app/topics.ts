import type { EngineContract } from '../../contract/engine.ts'

export type CallName = keyof EngineContract & string
export type Topic = 'status' | 'batch' | 'listing' | 'appeal' | 'outbox' | 'settings' | 'audit'

/** Which reading calls show what: on `changed` the engine is asked again for these, and for nothing else. */
const READS: Readonly<Record<Topic, readonly CallName[]>> = {
  status: ['status', 'officers'],
  batch: ['batches', 'batch', 'staged-batches', 'staged-problems', 'staged-moves', 'undo-effect'],
  listing: ['lookup', 'explain', 'listings', 'listing-counts', 'report-figures', 'staged-moves', 'appeal'],
  appeal: ['appeals', 'appeal-counts', 'appeal', 'explain'],
  outbox: ['outbox', 'status'],
  settings: ['settings'],
  audit: ['audit'],
}

/** Names of the calls whose answers the given topics make stale. */
export function staleCalls(topics: readonly Topic[]): ReadonlySet<string> {
  return new Set(topics.flatMap((topic) => READS[topic]))
}

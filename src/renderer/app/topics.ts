import type { EngineContract } from '../../contract/engine.ts'

export type CallName = keyof EngineContract & string
export type Topic =
  | 'status'
  | 'batch'
  | 'listing'
  | 'appeal'
  | 'outbox'
  | 'settings'
  | 'audit'
  | 'blockrun'
  | 'operator'
  | 'clone'

/** A waiting run is judged by the facts and appeals of now. */
const RUNS: readonly CallName[] = [
  'blockruns',
  'blockrun-show',
  'blockrun-imeis',
  'blockrun-preview',
  'blockrun-schedule',
]

/** Which reading calls show what: on `changed` the engine is asked again for these, and for nothing else. */
const READS: Readonly<Record<Topic, readonly CallName[]>> = {
  status: ['status', 'officers', 'registry-settings', 'policies'],
  batch: [
    'batches',
    'batch',
    'staged-batches',
    'staged-problems',
    'staged-moves',
    'undo-effect',
    'staged-effect',
    'fix-groups',
    'fix-rows',
    'fix-clusters',
    'import-queue',
    'to-sign',
    ...RUNS,
  ],
  listing: [
    'lookup',
    'explain',
    'dossier',
    'list-page',
    'document-imeis',
    'grid-page',
    'grid-counts',
    'listings',
    'listing-counts',
    'policies',
    'policy-proposals',
    'to-sign',
    'notices-due',
    'notices-due-page',
    'report-figures',
    'dashboard',
    'staged-moves',
    'appeal',
    'revocation-effect',
    ...RUNS,
  ],
  appeal: [
    'dashboard',
    'report-figures',
    'appeals',
    'appeal-counts',
    'supervision',
    'evidence-clusters',
    'to-sign',
    'appeal',
    'letter-preview',
    'explain',
    'dossier',
    ...RUNS,
  ],
  outbox: ['outbox', 'status', 'to-sign'],
  settings: ['registry-settings', 'queue-views', 'settings', 'saved-views', 'saved-reports'],
  audit: ['audit'],
  blockrun: [...RUNS, 'appeal-counts', 'to-sign'],
  operator: [
    'dashboard',
    'operator-files',
    'receipt-imeis',
    'operator-templates',
    'violations',
    'notice-issues',
    'notices-due',
    'notices-due-page',
  ],
  clone: ['clone-cases', 'clone-case', 'appeal-counts', 'to-sign'],
}

/** Names of the calls whose answers the given topics make stale. */
export function staleCalls(topics: readonly Topic[]): ReadonlySet<string> {
  return new Set(topics.flatMap((topic) => READS[topic]))
}

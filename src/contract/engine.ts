import { z } from 'zod'
import { ADMINISTRATION_CALLS } from './engine/administration.ts'
import { APPEAL_CALLS } from './engine/appeal.ts'
import { BACKUP_CALLS } from './engine/backup.ts'
import { BATCH_CALLS } from './engine/batch.ts'
import { BATCH_EFFECT_CALLS } from './engine/batchEffect.ts'
import { BLOCK_RUN_CALLS } from './engine/blockRun.ts'
import { CLONE_CALLS } from './engine/clones.ts'
import { EVIDENCE_CALLS } from './engine/evidence.ts'
import { EXPORT_CALLS } from './engine/export.ts'
import { FIX_CALLS } from './engine/fix.ts'
import { GRID_CALLS } from './engine/grid.ts'
import { IMPORT_QUEUE_CALLS } from './engine/importQueue.ts'
import { LEDGER_CALLS } from './engine/ledger.ts'
import { LISTING_CALLS } from './engine/listing.ts'
import { LOOKUP_CALLS } from './engine/lookup.ts'
import { NOTICE_CALLS } from './engine/notices.ts'
import { OPERATOR_CALLS } from './engine/operatorList.ts'
import { POLICY_CALLS } from './engine/policyActs.ts'
import { REPORT_CALLS } from './engine/report.ts'
import { SESSION_CALLS, zJob, zStatus } from './engine/session.ts'

/** Everything the window and the command line can ask of the engine. */
export const ENGINE_CALLS = {
  ...SESSION_CALLS,
  ...BACKUP_CALLS,
  ...BATCH_CALLS,
  ...FIX_CALLS,
  ...BATCH_EFFECT_CALLS,
  ...IMPORT_QUEUE_CALLS,
  ...LISTING_CALLS,
  ...LOOKUP_CALLS,
  ...GRID_CALLS,
  ...APPEAL_CALLS,
  ...EVIDENCE_CALLS,
  ...EXPORT_CALLS,
  ...REPORT_CALLS,
  ...BLOCK_RUN_CALLS,
  ...POLICY_CALLS,
  ...OPERATOR_CALLS,
  ...CLONE_CALLS,
  ...NOTICE_CALLS,
  ...LEDGER_CALLS,
  ...ADMINISTRATION_CALLS,
} as const
export type EngineContract = typeof ENGINE_CALLS

/** What the engine tells unasked. `changed` names what a screen shows, so that it asks again. */
export const ENGINE_NOTICES = {
  changed: z.object({
    topics: z.array(
      z.enum(['status', 'batch', 'listing', 'appeal', 'outbox', 'settings', 'audit', 'blockrun', 'operator', 'clone']),
    ),
  }),
  status: zStatus,
  job: zJob,
} as const
export type EngineNotice = keyof typeof ENGINE_NOTICES

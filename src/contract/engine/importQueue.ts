import { z } from 'zod'
import { zImportKind, zInstant, zSource, zUuid } from '../value.ts'
import { zStaged } from './batch.ts'

export const zQueuedImport = z.object({
  batch: zUuid,
  /** Its job while this engine works on it; null for one that was interrupted. */
  job: z.string().nullable(),
  file: z.string(),
  kind: zImportKind,
  source: zSource,
  by: z.string(),
  at: zInstant,
  state: z.enum(['queued', 'running', 'paused', 'interrupted']),
})
export type QueuedImport = z.infer<typeof zQueuedImport>

/** Files on their way to being staged, in the order they are taken. */
export const IMPORT_QUEUE_CALLS = {
  'import-queue': { input: z.object({}), output: z.array(zQueuedImport) },
  /** Goes on with an import that a crash or a closed desk interrupted, from its last checkpoint; runs as a job. */
  'resume-import': { input: z.object({ batch: zUuid, job: z.string() }), output: zStaged },
  /** Drops an import, whether it waits, runs or was interrupted; nothing of it stays. */
  'drop-import': { input: z.object({ batch: zUuid }), output: z.object({}) },
} as const

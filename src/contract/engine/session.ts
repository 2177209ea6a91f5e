import { z } from 'zod'
import { zInstant, zLang, zOfficer, zProblem, zSeq, zSha256, zUuid } from '../value.ts'

const nothing = z.object({})

export const zStatus = z.object({
  online: z.boolean(),
  /** `connecting` until the first answer, `refused` when the registry will not have this desk (see `problem`). */
  link: z.enum(['none', 'connecting', 'online', 'offline', 'refused', 'stopped']),
  problem: zProblem.nullable(),
  registry: z.string().nullable(),
  desk: zUuid,
  epoch: z.string().nullable(),
  seq: zSeq,
  /** Sequence number the stored lists (grey, black) are merged to; lookups are always at `seq`. */
  listedSeq: zSeq,
  lastSync: zInstant.nullable(),
  /** Whether all that the registry had is here, or once was: until then figures and lists are those of a part. */
  filled: z.boolean(),
  /** Commands not yet answered, and refused ones waiting for the officer. */
  pending: z.number().int(),
  needsAttention: z.number().int(),
  /** No sync for longer than the registry allows. */
  readOnly: z.boolean(),
  officer: zOfficer.nullable(),
  sample: z.boolean(),
  policyVersion: z.number().int(),
  /** Minutes by which this computer's clock is ahead of the registry's (negative: behind); absent: less than five, or not known. */
  clockOff: z.number().int().optional(),
})
export type Status = z.infer<typeof zStatus>

export const zSyncResult = z.object({
  pushed: z.number().int(),
  pulled: z.number().int(),
  seq: zSeq,
  pending: z.number().int(),
  needsAttention: z.number().int(),
  online: z.boolean(),
})

/** An act that waits for the officer's signature: `id` by which it is signed, the registry's number where it has one, the appeal it is shown at. */
export const zToSign = z.object({
  kind: z.enum(['appeal', 'batch', 'run', 'clone', 'policy']),
  id: z.string(),
  no: z.number().int().nullable(),
  appeal: z.string().nullable(),
})
export type ToSign = z.infer<typeof zToSign>

export const zOutboxItem = z.object({
  id: zUuid,
  kind: z.string(),
  subject: z.string(),
  officer: z.string(),
  at: zInstant,
  state: z.enum(['held', 'queued', 'sending', 'done', 'refused']),
  problem: zProblem.nullable(),
})

export const zJob = z.object({
  id: z.string(),
  kind: z.enum([
    'inspect',
    'stage',
    'fix',
    'commit',
    'undo-preview',
    'sync',
    'export',
    'receipt',
    'notices',
    'report',
    'relist',
    'lookup',
    'dossier',
    'simulate',
    'blockrun',
  ]),
  subject: z.string(),
  done: z.number(),
  /** Null while unknown. */
  total: z.number().nullable(),
  unit: z.enum(['rows', 'bytes', 'events', 'imeis']),
  perSecond: z.number(),
  /** `queued`: waits for other work of its kind; `paused`: halted by the officer, keeps what it has. */
  state: z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled']),
})
export type Job = z.infer<typeof zJob>

export const zSettings = z.object({
  language: zLang,
  theme: z.enum(['light', 'dark', 'system']),
  singleKeys: z.boolean(),
  /** Papers are read by machine and suggestions shown. */
  machineHelp: z.boolean(),
})
export type Settings = z.infer<typeof zSettings>

export const SESSION_CALLS = {
  /** What waits for the officer's signature, the next one first; nothing of his own. Empty for who may sign nothing. */
  'to-sign': { input: nothing, output: z.array(zToSign) },
  status: { input: nothing, output: zStatus },
  /** Officers who may sign in on this desk: the registry's sample directory, else those known to the cache. */
  officers: { input: nothing, output: z.array(zOfficer) },
  'sign-in': { input: z.object({ officer: z.string() }), output: zOfficer },
  'sign-out': { input: nothing, output: nothing },
  sync: { input: nothing, output: zSyncResult },
  outbox: { input: nothing, output: z.array(zOutboxItem) },
  /** Drops a refused command after the officer has read why. */
  'dismiss-refused': { input: z.object({ id: zUuid }), output: nothing },
  settings: { input: nothing, output: zSettings },
  'change-settings': { input: zSettings.partial(), output: zSettings },
  jobs: { input: nothing, output: z.array(zJob) },
  /** Cancels a running job; it leaves nothing behind. */
  'cancel-job': { input: z.object({ id: z.string() }), output: nothing },
  /** Halts a job that can be halted (imports), and lets it go on; others are left alone. */
  'pause-job': { input: z.object({ id: z.string() }), output: nothing },
  'resume-job': { input: z.object({ id: z.string() }), output: nothing },
  /** Cache against registry by digest, audit log by its chain; needs the registry. */
  verify: {
    input: nothing,
    output: z.object({
      cache: z.object({
        /** After what differed was repaired. */
        equal: z.boolean(),
        rows: z.number().int(),
        digest: z.string(),
        /** Rows and appeals that differed and were made the registry's, and in which ranges of IMEIs (the first of them). */
        repaired: z.object({
          facts: z.number().int(),
          listings: z.number().int(),
          appeals: z.number().int(),
          ranges: z.array(z.string()),
        }),
        /** It differed too much: it was thrown away and built anew. */
        rebuilt: z.boolean(),
      }),
      audit: z.object({ entries: z.number().int(), root: z.string(), ok: z.boolean() }),
    }),
  },
  audit: {
    input: z.object({ before: z.number().int().nullable(), limit: z.number().int().min(1).max(500) }),
    output: z.object({
      entries: z.array(
        z.object({
          no: z.number().int(),
          seq: zSeq,
          at: zInstant,
          officer: z.string(),
          act: z.string(),
          subject: z.string(),
          hash: zSha256,
        }),
      ),
    }),
  },
} as const

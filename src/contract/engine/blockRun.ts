import { z } from 'zod'
import { RUN_STATES } from '../../domain/blockRun.ts'
import { zGridFilter } from '../gridFilter.ts'
import { zRunCounts } from '../registry/blockRuns.ts'
import { zRunPart } from '../registry/runPart.ts'
import { zImei14, zInstant, zIsoDate, zSeq, zSha256, zUuid } from '../value.ts'

/** `queued`: the desk's proposal or signature waits to be sent. */
export const zRunState = z.enum([...RUN_STATES, 'queued'])

/** A block run as the mirror knows it; one that waits is judged again from the desk's facts, so its counts are those of now. */
export const zBlockRun = zRunCounts.extend({
  run: zUuid,
  /** The registry's number. */
  no: z.number().int(),
  until: zIsoDate,
  day: zIsoDate,
  cap: z.number().int(),
  beyondCap: z.number().int(),
  state: zRunState,
  by: z.string(),
  at: zInstant,
  signatures: z.array(z.string()),
  /** IMEIs that left it since it was proposed. */
  dropped: z.number().int(),
  /** Of what is signed next. */
  manifest: zSha256,
  /** Why it was declined or withdrawn. */
  note: z.string(),
  /** The part of what was due that it was proposed for; empty: all of it. */
  part: zRunPart.default({}),
})
export type BlockRun = z.infer<typeof zBlockRun>

/** Why IMEIs are held back: an open appeal, a complaint against its decision, or a warning that did not arrive. */
const zHeldBy = z.object({ appeal: z.number().int(), complaint: z.number().int(), warning: z.number().int() })
export type HeldCounts = z.infer<typeof zHeldBy>

/** A part of what is due only: at most so many, IMEIs that begin so. */
const PART = {
  most: z.number().int().min(1).nullable().default(null),
  prefix: z
    .string()
    .regex(/^\d{1,14}$/)
    .nullable()
    .default(null),
  /** What a filter of the grey list lets through: the query goes to the registry, not its rows. */
  where: zGridFilter
    .extend({ list: z.literal('grey') })
    .nullable()
    .default(null),
}
/** Last day of an amnesty that lasts today; up to it no run is proposed or signed. */
const zAmnesty = z.object({ amnestyUntil: zIsoDate.nullable() })

/** What became of a proposal or a signature; `run` null: nothing was to be blocked. */
export const zRunDone = zRunCounts.extend({
  run: zUuid.nullable(),
  cap: z.number().int(),
  state: zRunState,
  signatures: z.array(z.string()),
})
export type RunDone = z.infer<typeof zRunDone>

export const RUN_PARTS = ['block', 'held', 'conflict', 'dropped'] as const
export type RunPart = (typeof RUN_PARTS)[number]

export const BLOCK_RUN_CALLS = {
  /** What a run would block now, from the mirror; `until` null: everything overdue. */
  'blockrun-preview': {
    input: z.object({ until: zIsoDate.nullable(), ...PART, job: z.string().optional() }),
    output: zRunCounts.extend({
      ...zAmnesty.shape,
      heldBy: zHeldBy,
      until: zIsoDate,
      cap: z.number().int(),
      beyondCap: z.number().int(),
      basedOnSeq: zSeq,
    }),
  },
  /** The latest first. */
  blockruns: { input: z.object({}), output: z.array(zBlockRun) },
  /** `run`: its id or the registry's number. `heldBy` counts the held IMEIs that the registry names; an amnesty only bars a run that waits. */
  'blockrun-show': {
    input: z.object({ run: z.string() }),
    output: zBlockRun.extend({ ...zAmnesty.shape, heldBy: zHeldBy }),
  },
  /** IMEIs of a run by part, 14 digits ascending; `why`: what holds it (`complaint` while one is open), the conflict, or why it dropped out. */
  'blockrun-imeis': {
    input: z.object({
      run: z.string(),
      part: z.enum(RUN_PARTS),
      after: zImei14.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.array(z.object({ imei14: zImei14, why: z.string(), appeal: z.string().nullable() })),
  },
  'blockrun-propose': {
    input: z.object({ until: zIsoDate.nullable(), ...PART }),
    output: zRunDone,
  },
  /** How many grey IMEIs come past their deadline on each of the next days; `overdue`: those that are already. */
  'blockrun-schedule': {
    input: z.object({ days: z.number().int().min(1).max(366).default(30) }),
    output: zAmnesty.extend({
      overdue: z.number().int(),
      days: z.array(z.object({ day: zIsoDate, imeis: z.number().int() })),
    }),
  },
  /** Writes what was signed as a file (token): IMEIs, who signed, the registry's seal. */
  'blockrun-manifest': {
    input: z.object({ run: z.string(), target: z.string() }),
    output: z.object({ file: z.string(), sha256: zSha256, imeis: z.number().int(), sealed: z.boolean() }),
  },
  /** `agrees` false: an approver declines it, who proposed it withdraws it. */
  'blockrun-sign': {
    input: z.object({ run: z.string(), agrees: z.boolean().default(true), note: z.string().max(4000).default('') }),
    output: zRunDone,
  },
} as const

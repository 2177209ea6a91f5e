import { z } from 'zod'
import {
  zAppeal,
  zAppealState,
  zClaimField,
  zFieldVerdicts,
  zImei14,
  zInstant,
  zIsoDate,
  zListing,
  zReasonCode,
  zRoute,
  zSha256,
  zVerdict,
} from '../value.ts'

export const zAppealRow = z.object({
  id: z.string(),
  state: zAppealState,
  imeis: z.array(z.string()),
  route: zRoute,
  receivedAt: zInstant,
  dueAt: zIsoDate,
  claimedBy: z.string().nullable(),
  leaseUntil: zInstant.nullable(),
  applicant: z.string(),
  model: z.string().nullable(),
  version: z.number().int(),
  /** This desk has a decision about it that the registry has not yet answered. */
  pending: z.boolean(),
})

export const zComparison = z.object({
  field: zClaimField,
  claim: z.string().nullable(),
  /** What the registry knows, as text in the desk's format (dates ISO); null when it knows nothing. */
  fact: z.string().nullable(),
  result: z.enum(['match', 'contradict', 'unclear', 'none']),
  /** Name of the rule that compared, key of `appeals.rule.<rule>`. */
  rule: z.string(),
  mandatory: z.boolean(),
})

/** Registry facts of the right-hand pane. */
export const zAppealFacts = z.object({
  imeis: z.array(
    z.object({
      imei: z.string(),
      imei14: zImei14.nullable(),
      listing: zListing,
      device: z.object({ tac: z.string(), brand: z.string().nullable(), model: z.string().nullable() }),
      firstSeen: zIsoDate.nullable(),
      /** Body that alone may unlist it, when not ours. */
      owner: z.string().nullable(),
      declaration: z.string().nullable(),
    }),
  ),
  journeys: z.array(z.object({ exit: zIsoDate.nullable(), entry: zIsoDate.nullable(), document: z.string() })),
  /** The same evidence, receipt, crossing or IMEI in other appeals. */
  reuse: z.array(
    z.object({
      what: z.enum(['evidence', 'receipt', 'crossing', 'tracking', 'imei']),
      value: z.string(),
      appeal: z.string(),
    }),
  ),
})

export const zDraft = z.object({
  fields: zFieldVerdicts,
  verdict: zVerdict.nullable(),
  reasons: z.array(zReasonCode),
  note: z.string(),
})
export type Draft = z.infer<typeof zDraft>

export const zAppealWhole = zAppeal.extend({
  facts: zAppealFacts,
  comparison: z.array(zComparison),
  draft: zDraft.nullable(),
  pending: z.boolean(),
  asOf: z.object({ seq: z.number().int(), at: zInstant.nullable() }),
})
export type AppealWhole = z.infer<typeof zAppealWhole>

export const APPEAL_CALLS = {
  /** The queue by deadline, then arrival. Keyset: rows after the given due date and id. */
  appeals: {
    input: z.object({
      state: zAppealState.nullable(),
      open: z.boolean().default(false),
      mine: z.boolean().default(false),
      /** Due on or before. */
      due: zIsoDate.nullable(),
      after: z.object({ dueAt: zIsoDate, id: z.string() }).nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.object({ rows: z.array(zAppealRow), total: z.number().int() }),
  },
  'appeal-counts': {
    input: z.object({}),
    output: z.object({
      open: z.number().int(),
      overdue: z.number().int(),
      dueThisWeek: z.number().int(),
      mine: z.number().int(),
      drafts: z.number().int(),
      awaitingMySignature: z.number().int(),
    }),
  },
  appeal: { input: z.object({ id: z.string() }), output: zAppealWhole },
  /** `next`: the one with the nearest deadline that nobody holds. */
  'claim-appeal': {
    input: z.object({ id: z.string() }),
    output: z.object({
      appeal: z.string(),
      state: zAppealState,
      leaseUntil: zInstant.nullable(),
      pending: z.boolean(),
    }),
  },
  'return-appeal': { input: z.object({ id: z.string(), reason: z.string().default('') }), output: z.object({}) },
  /** Saves what the officer has set so far; survives a killed process. Null clears. */
  'save-draft': { input: z.object({ id: z.string(), draft: zDraft.nullable() }), output: z.object({}) },
  'decide-appeal': {
    input: z.object({
      id: z.string(),
      /** Version the officer saw; absent: the cache's. */
      version: z.number().int().optional(),
      verdict: zVerdict,
      fields: zFieldVerdicts,
      reasons: z.array(zReasonCode),
      note: z.string().default(''),
      /** Held this long so that Ctrl+Z takes it back; 0 from the command line. */
      holdSeconds: z.number().min(0).max(60).default(0),
    }),
    output: z.object({
      appeal: z.string(),
      state: z.string(),
      verdict: zVerdict,
      pending: z.boolean(),
      held: z.string().nullable(),
    }),
  },
  /** Takes back a decision that is still held. */
  'take-back': { input: z.object({ held: z.string() }), output: z.object({ appeal: z.string() }) },
  /** Bytes of an evidence file, hash-checked, fetched from the registry when not cached. */
  evidence: {
    input: z.object({ id: z.string(), sha256: zSha256 }),
    output: z.object({ file: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** All files of an appeal into a folder. */
  'save-evidence': {
    input: z.object({ id: z.string(), target: z.string() }),
    output: z.array(z.object({ file: z.string(), sha256: zSha256, bytes: z.number().int(), type: z.string() })),
  },
} as const

import { z } from 'zod'
import { zInstant, zIsoDate, zProblem, zReasonCode } from '../value.ts'

/** Bodies of the commands about an appeal beside claiming and deciding it (domain/appealActs.ts). */
const zText = z.string().max(4000)
const zOne = z.object({ appeal: z.string(), version: z.number().int() })

export const APPEAL_ACT_BODIES = {
  /** `note` goes to the applicant, `internal` does not. */
  'prolong-appeal': zOne.extend({ until: zIsoDate, note: zText, internal: zText.default('') }),
  'hand-over-appeal': z.object({ appeal: z.string(), to: z.string(), note: zText }),
  /** A supervisor's: `to` null gives it back to the queue. */
  'assign-appeal': z.object({ appeal: z.string(), to: z.string().nullable(), reason: zText }),
  /** The applicant withdrew it, on paper or by word. */
  'withdraw-appeal': zOne.extend({ note: zText }),
  /** Of an approval a proposal: it needs reasons, and the signature of another officer under the undo of its batch. */
  'revoke-decision': zOne.extend({
    note: zText,
    reasons: z.array(zReasonCode).default([]),
    internal: zText.default(''),
  }),
  /** A complaint that came on paper. */
  'complain-appeal': zOne.extend({ text: zText }),
  /** One decision with one reason over many appeals; an approval needs its own look and is none of these. */
  'decide-many': z.object({
    appeals: z.array(zOne).min(1).max(500),
    verdict: z.enum(['reject', 'ask', 'refer']),
    reasons: z.array(zReasonCode).min(1),
    note: zText,
    internal: zText.default(''),
  }),
} as const

const zChanged = z.object({ appeal: z.string(), version: z.number().int(), state: z.string() })
export const APPEAL_ACT_RESULTS = {
  'prolong-appeal': zChanged,
  'hand-over-appeal': zChanged,
  'assign-appeal': zChanged,
  'withdraw-appeal': zChanged,
  'revoke-decision': zChanged,
  'complain-appeal': zChanged,
  /** Each of them is decided or not by itself. */
  'decide-many': z.object({
    done: z.array(zChanged),
    refused: z.array(z.object({ appeal: z.string(), problem: zProblem })),
  }),
} as const

/** A draft of an officer as it lies at the registry too, so that it follows him to another desk. */
export const zSharedDraft = z.object({
  appeal: z.string(),
  /** JSON of the draft; null: he has none any more. */
  doc: z.string().max(20_000).nullable(),
  /** Version of the appeal he began on. */
  version: z.number().int(),
  at: zInstant,
})
export type SharedDraft = z.infer<typeof zSharedDraft>

/** POST /v1/drafts: what changed at this desk; answered with all that the registry has of the officer. The later word counts. */
export const zDraftExchange = z.object({
  desk: z.uuid(),
  officer: z.string(),
  at: zInstant,
  drafts: z.array(zSharedDraft).max(500),
  signature: z.string(),
})
export type DraftExchange = z.infer<typeof zDraftExchange>
export const zSharedDrafts = z.array(zSharedDraft)

/** The text a desk signs when it exchanges drafts. */
export const draftsText = (d: Omit<DraftExchange, 'signature'>): string =>
  ['drafts', d.desk, d.officer, d.at, JSON.stringify(d.drafts)].join('\n')

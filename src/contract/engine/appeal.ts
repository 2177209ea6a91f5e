import { z } from 'zod'
import { VERDICTS } from '../../domain/appeal.ts'
import { LETTER_KINDS, LETTER_LANGUAGES } from '../../domain/letter.ts'
import { PATTERNS } from '../../domain/supervision.ts'
import {
  zAppeal,
  zAppealState,
  zClaimField,
  zFieldVerdicts,
  zImei14,
  zInstant,
  zIsoDate,
  zListing,
  zProblem,
  zReasonCode,
  zRoute,
  zSecondReason,
  zSha256,
  zSource,
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
  assignedTo: z.string().nullable(),
  /** In the round of a complaint. */
  complaint: z.boolean(),
  hearingAt: zIsoDate.nullable(),
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
  journeys: z.array(
    z.object({
      exit: zIsoDate.nullable(),
      entry: zIsoDate.nullable(),
      document: z.string(),
      by: z.enum(['applicant', 'document']),
    }),
  ),
  /** The same evidence, receipt, crossing or IMEI in other appeals. */
  reuse: z.array(
    z.object({
      what: z.enum(['evidence', 'receipt', 'crossing', 'tracking', 'imei', 'person']),
      value: z.string(),
      appeal: z.string(),
    }),
  ),
})

export const zDraft = z.object({
  fields: zFieldVerdicts,
  verdict: zVerdict.nullable(),
  reasons: z.array(zReasonCode),
  /** Goes to the applicant. */
  note: z.string(),
  /** For officers only. */
  internal: z.string().default(''),
  /** The field a question is about. */
  item: zClaimField.nullable().default(null),
  /** Body the appeal is passed on to. */
  body: zSource.nullable().default(null),
})
export type Draft = z.infer<typeof zDraft>

export const zAppealWhole = zAppeal.extend({
  facts: zAppealFacts,
  comparison: z.array(zComparison),
  draft: zDraft.nullable(),
  /** Version the draft was begun on; null when there is none. */
  draftOn: z.number().int().nullable(),
  /** The first verdict is kept back until this officer has a verdict of his own. */
  sealed: z.boolean(),
  /** Why an approval would need a second officer, as far as this desk can tell. */
  second: z.array(zSecondReason),
  /** Last day a term may be prolonged to; last day to pass it on to another body. */
  terms: z.object({ longest: zIsoDate, passOnBy: zIsoDate }),
  pending: z.boolean(),
  asOf: z.object({ seq: z.number().int(), at: zInstant.nullable() }),
})
export type AppealWhole = z.infer<typeof zAppealWhole>

export const zQueueFilter = z.object({
  route: zRoute.nullable().default(null),
  /** Held by, or kept for, this officer. */
  officer: z.string().nullable().default(null),
  complaint: z.boolean().default(false),
  /** Part of a number, a name or an IMEI. */
  text: z.string().max(100).default(''),
})
export type QueueFilter = z.infer<typeof zQueueFilter>

/** A view of the queue that an officer keeps under a name. */
export const zQueueView = z.object({
  name: z.string().min(1).max(60),
  state: zAppealState.nullable(),
  open: z.boolean(),
  mine: z.boolean(),
  /** Due within so many days from today; null: any. */
  dueWithin: z.number().int().nullable(),
  filter: zQueueFilter,
})
export type QueueView = z.infer<typeof zQueueView>

const zActed = z.object({ appeal: z.string(), state: z.string(), pending: z.boolean() })
const zText = z.string().max(4000)

export const APPEAL_CALLS = {
  /** The queue by deadline, then arrival. Keyset: rows after the given due date and id. */
  appeals: {
    input: z.object({
      state: zAppealState.nullable(),
      open: z.boolean().default(false),
      mine: z.boolean().default(false),
      /** Due on or before. */
      due: zIsoDate.nullable(),
      /** Further filters of the queue; absent: all. */
      filter: zQueueFilter.optional(),
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
  /** Those the registry would give the officer next, besides the one on screen, as far as this desk knows. */
  'next-appeals': {
    input: z.object({ besides: z.string(), limit: z.number().int().min(1).max(20) }),
    output: z.array(z.string()),
  },
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
  /** Sends the officer's drafts to the registry and takes those of his other desks; a window does so by itself. */
  'share-drafts': { input: z.object({}), output: z.object({ came: z.number().int() }) },
  'decide-appeal': {
    input: z.object({
      id: z.string(),
      /** Version the officer saw; absent: the cache's. */
      version: z.number().int().optional(),
      verdict: zVerdict,
      fields: zFieldVerdicts,
      reasons: z.array(zReasonCode),
      note: z.string().default(''),
      internal: z.string().default(''),
      item: zClaimField.nullable().default(null),
      body: zSource.nullable().default(null),
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
  /** Prolongs the term by a reasoned decision; `note` goes to the applicant. */
  'prolong-appeal': {
    input: z.object({ id: z.string(), until: zIsoDate, note: zText, internal: zText.default('') }),
    output: zActed,
  },
  /** To a named colleague. */
  'hand-over-appeal': { input: z.object({ id: z.string(), to: z.string(), note: zText.default('') }), output: zActed },
  /** A supervisor's; `to` null: back to the queue. */
  'assign-appeal': {
    input: z.object({ id: z.string(), to: z.string().nullable(), reason: zText }),
    output: zActed,
  },
  /** The applicant withdrew it. */
  'withdraw-appeal': { input: z.object({ id: z.string(), note: zText.default('') }), output: zActed },
  /** Takes the own decision back by a record of its own, after its ten seconds; of an approval a proposal, with reasons. */
  'revoke-decision': {
    input: z.object({
      id: z.string(),
      note: zText,
      reasons: z.array(zReasonCode).default([]),
      internal: zText.default(''),
    }),
    output: zActed,
  },
  /** What the device's IMEIs would be on without the approval, by the facts of this desk; empty when no approval counts. */
  'revocation-effect': {
    input: z.object({ id: z.string() }),
    output: z.array(z.object({ imei: z.string(), before: zListing, after: zListing })),
  },
  /** A complaint that came on paper. */
  'complain-appeal': { input: z.object({ id: z.string(), text: zText }), output: zActed },
  /** One decision with one reason over the appeals of a list shown before, each in the version that was shown. */
  'decide-many': {
    input: z.object({
      appeals: z
        .array(z.object({ id: z.string(), version: z.number().int() }))
        .min(1)
        .max(500),
      verdict: z.enum(['reject', 'ask', 'refer']),
      reasons: z.array(zReasonCode).min(1),
      note: zText,
      internal: zText.default(''),
    }),
    output: z.object({
      done: z.array(z.string()),
      refused: z.array(z.object({ appeal: z.string(), problem: zProblem })),
      pending: z.boolean(),
    }),
  },
  /** The letter for what is set so far, as paragraphs; nothing is sent. */
  'letter-preview': {
    input: z.object({
      id: z.string(),
      language: z.enum(LETTER_LANGUAGES),
      verdict: z.enum([...VERDICTS, 'prolong']),
      reasons: z.array(zReasonCode),
      note: zText,
      item: zClaimField.nullable().default(null),
      body: zSource.nullable().default(null),
      until: zIsoDate.nullable().default(null),
    }),
    output: z.object({
      kind: z.enum(LETTER_KINDS),
      blocks: z.array(z.object({ kind: z.enum(['title', 'text', 'item']), text: z.string() })),
    }),
  },
  /** A letter that was sent, as PDF; `letter` null: the latest. */
  'save-letter': {
    input: z.object({
      id: z.string(),
      letter: z.string().nullable().default(null),
      language: z.enum([...LETTER_LANGUAGES, 'both']),
      target: z.string(),
    }),
    output: z.object({
      letter: z.string(),
      code: z.string(),
      kind: z.enum(LETTER_KINDS),
      sha256: zSha256,
      bytes: z.number().int(),
    }),
  },
  /** What a supervisor looks at (domain/supervision.ts); the period in business dates, both included. */
  supervision: {
    input: z.object({ from: zIsoDate, to: zIsoDate }),
    output: z.object({
      /** Open appeals by the days that are left. */
      ages: z.object({
        overdue: z.number().int(),
        soon: z.number().int(),
        week: z.number().int(),
        later: z.number().int(),
      }),
      officers: z.array(
        z.object({
          officer: z.string(),
          held: z.number().int(),
          approved: z.number().int(),
          refused: z.number().int(),
          asked: z.number().int(),
          referred: z.number().int(),
          returned: z.number().int(),
          signed: z.number().int(),
          sentBack: z.number().int(),
          reversed: z.number().int(),
          atOddHours: z.number().int(),
          minutes: z.number().nullable(),
        }),
      ),
      sample: z.array(z.string()),
      patterns: z.array(
        z.object({
          pattern: z.enum(PATTERNS),
          who: z.string(),
          with: z.string().nullable(),
          count: z.number().int(),
        }),
      ),
    }),
  },
  /** Views of the queue that the signed-in officer keeps at this desk. */
  'queue-views': { input: z.object({}), output: z.array(zQueueView) },
  'save-queue-views': { input: z.object({ views: z.array(zQueueView).max(30) }), output: z.object({}) },
  /** Takes back a decision that is still held. */
  'take-back': { input: z.object({ held: z.string() }), output: z.object({ appeal: z.string() }) },
  /** Bytes of an evidence file, hash-checked, fetched from the registry when not cached. */
  evidence: {
    input: z.object({ id: z.string(), sha256: zSha256 }),
    output: z.object({ file: z.string(), type: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** All files of an appeal into a folder; `copies`: without the notes of cameras, for others. */
  'save-evidence': {
    input: z.object({ id: z.string(), target: z.string(), copies: z.boolean().default(false) }),
    output: z.array(z.object({ file: z.string(), sha256: zSha256, bytes: z.number().int(), type: z.string() })),
  },
} as const

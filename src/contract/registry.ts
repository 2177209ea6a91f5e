import { z } from 'zod'
import { zFixSteps } from './fixStep.ts'
import { APPEAL_ACT_BODIES, APPEAL_ACT_RESULTS } from './registry/appealActs.ts'
import { BLOCKRUN_COMMANDS, BLOCKRUN_EVENTS, BLOCKRUN_RESULTS } from './registry/blockRuns.ts'
import { CLONE_COMMANDS, CLONE_EVENTS, CLONE_RESULTS } from './registry/clones.ts'
import { DESK_COMMANDS, DESK_RESULTS } from './registry/desks.ts'
import { NOTICE_COMMANDS, NOTICE_EVENTS, NOTICE_RESULTS } from './registry/notices.ts'
import { OPERATOR_COMMANDS, OPERATOR_EVENTS, OPERATOR_RESULTS } from './registry/operatorFiles.ts'
import { POLICY_COMMANDS, POLICY_EVENTS, POLICY_RESULTS } from './registry/policyActs.ts'
import {
  DEFAULT_SETTINGS,
  SETTINGS_COMMANDS,
  SETTINGS_EVENTS,
  SETTINGS_RESULTS,
  zRegistrySettings,
} from './registry/settings.ts'
import { SHARED_REPORT_COMMANDS, SHARED_REPORT_EVENTS, SHARED_REPORT_RESULTS } from './registry/sharedReport.ts'
import { zSnapshotRef } from './registry/snapshot.ts'
import {
  zAppeal,
  zApplicant,
  zBatchKind,
  zBatchState,
  zClaim,
  zClaimField,
  zComplaint,
  zDecision,
  zEffect,
  zEvidenceFile,
  zFieldVerdicts,
  zInstant,
  zIsoDate,
  zLease,
  zOfficer,
  zPolicy,
  zProblem,
  zReasonCode,
  zRevocation,
  zRoute,
  zRowCounts,
  zSeq,
  zSha256,
  zSource,
  zTimelineEntry,
  zUuid,
  zVerdict,
} from './value.ts'

/** Desk ↔ registry, JSON over HTTP(S) under /v1. Errors are `{problem}` with a 4xx status; anything else is a bug. */

export const zSegmentRef = z.object({ sha256: zSha256, rows: z.number().int(), bytes: z.number().int() })
export type SegmentRef = z.infer<typeof zSegmentRef>

/** Abilities that a desk must be sure of, since a registry without them would do something else instead of refusing. */
export const ABILITIES = ['warn-matching'] as const
export type Ability = (typeof ABILITIES)[number]

/** GET /v1/hello */
export const zHello = z.object({
  protocol: z.object({ min: z.number().int(), max: z.number().int() }),
  epoch: zUuid,
  head: zSeq,
  version: z.string(),
  /** Sample data: desks enrol themselves and officers of the sample directory sign in by name. */
  sample: z.boolean(),
  offlineHours: z.number().int(),
  time: zInstant,
  /** Which registry this is, for as long as it exists: restored from a backup it is the same one. Registries of before do not tell. */
  installation: zUuid.optional(),
  /** First event the feed still has; whoever stands further back boots from the snapshot. */
  oldest: z.number().int().default(1),
  snapshot: zSnapshotRef.nullable().default(null),
  settings: zRegistrySettings.default(DEFAULT_SETTINGS),
  /** What this registry has learnt since the protocol's version began; one of before names none of it. */
  can: z.array(z.string()).default([]),
})
export type Hello = z.infer<typeof zHello>

/** POST /v1/desks: `publicKey` is the raw Ed25519 key, base64url. */
export const zEnrol = z.object({
  desk: zUuid,
  publicKey: z.string(),
  name: z.string().max(100),
  /** One-time code of an admin, without separators (enrolmentCode.ts); a registry with sample data needs none. */
  code: z.string().max(40).optional(),
})
/** POST /v1/sessions, signed: `signature` over `session\n<desk>\n<officer>\n<at>`. */
export const zSignIn = z.object({ desk: zUuid, officer: z.string(), at: zInstant, signature: z.string() })
export const zSignedIn = z.object({ officer: zOfficer })
/** The text signed for POST /v1/sessions. */
export const sessionText = (s: Omit<z.infer<typeof zSignIn>, 'signature'>): string =>
  ['session', s.desk, s.officer, s.at].join('\n')
/**
 * Reading requests name their desk: `Authorization: Desk <desk>;<at>;<signature>`, signed over this text (path with query, as sent). A
 * registry with sample data also answers without.
 */
export const requestText = (r: { method: string; path: string; desk: string; at: string }): string =>
  ['request', r.method, r.path, r.desk, r.at].join('\n')
/** GET /v1/officers: the sample directory (only where `sample`). */
export const zOfficers = z.array(zOfficer)

/** What a batch says of itself; the registry checks it against the segments. */
export const zBatchHead = z.object({
  id: zUuid,
  kind: zBatchKind,
  source: zSource,
  letter: z.string().max(200),
  letterDate: zIsoDate.nullable().optional(),
  /** Corrections of cells the importer made before the rows were judged, in order. */
  steps: zFixSteps.optional(),
  full: z.boolean(),
  file: z.object({ name: z.string().max(400), sha256: zSha256, sheet: z.string().optional() }),
  /** SHA-256 over kind, source, op and the sorted rows: the same content is the same batch. */
  content: zSha256,
  counts: zRowCounts,
  /** Guards of the file the officer accepted by code. */
  accepted: z.array(z.string()),
})
export type BatchHead = z.infer<typeof zBatchHead>

/** Bodies of the commands, by kind. `basedOnSeq` of the envelope says on which facts the officer decided. */
export const COMMAND_BODIES = {
  'commit-batch': z.object({
    head: zBatchHead,
    segments: z.array(zSegmentRef),
    /** Raw observations of an operator's batch (OBSERVATION_SCHEMA): for the registry alone, told to nobody. */
    observations: z.array(zSegmentRef).optional(),
    effect: zEffect,
    /** Moves into or out of black the officer reviewed, as `imei14:to` sorted and hashed; another set is `effect-changed`. */
    reviewed: zSha256,
  }),
  'undo-batch': z.object({ batch: zUuid, reason: z.string().min(1).max(1000) }),
  /** Second signature; `agrees` false sends it back (batch: withdrawn, undo: dropped, appeal: to the queue). */
  sign: z.object({
    target: z.object({ type: z.enum(['batch', 'undo', 'appeal']), id: z.string() }),
    agrees: z.boolean(),
    note: z.string().max(4000),
    /** Fingerprint of the effect of now, where it is no longer the one that was proposed and the officer has reviewed it (`anew` of `effect-changed`). */
    reviewed: zSha256.optional(),
  }),
  /** `appeal` null: the next one by deadline. */
  'claim-appeal': z.object({ appeal: z.string().nullable() }),
  'return-appeal': z.object({ appeal: z.string(), reason: z.string().max(1000) }),
  'decide-appeal': z.object({
    appeal: z.string(),
    version: z.number().int(),
    verdict: zVerdict,
    fields: zFieldVerdicts,
    reasons: z.array(zReasonCode),
    /** Goes to the applicant. */
    note: z.string().max(4000),
    /** For officers only. */
    internal: z.string().max(4000).default(''),
    /** The field a question is about. */
    item: zClaimField.optional(),
    /** Body it is passed on to. */
    body: zSource.optional(),
  }),
  ...APPEAL_ACT_BODIES,
  ...BLOCKRUN_COMMANDS,
  ...DESK_COMMANDS,
  ...SETTINGS_COMMANDS,
  ...POLICY_COMMANDS,
  ...OPERATOR_COMMANDS,
  ...CLONE_COMMANDS,
  ...NOTICE_COMMANDS,
  ...SHARED_REPORT_COMMANDS,
} as const
export type CommandKind = keyof typeof COMMAND_BODIES
export const COMMAND_KINDS = Object.keys(COMMAND_BODIES) as CommandKind[]
export type CommandBody<K extends CommandKind> = z.infer<(typeof COMMAND_BODIES)[K]>

/** What the registry answers to each kind of command once it is done; replayed when the id comes again. */
export const COMMAND_RESULTS = {
  'commit-batch': z.object({ batch: zUuid, state: zBatchState, effect: zEffect }),
  'undo-batch': z.object({ batch: zUuid, undone: z.boolean(), state: zBatchState, effect: zEffect }),
  sign: z.object({ id: z.string(), state: z.string(), pending: z.boolean() }),
  'claim-appeal': z.object({ appeal: z.string(), version: z.number().int(), lease: zLease }),
  'return-appeal': z.object({ appeal: z.string(), version: z.number().int() }),
  'decide-appeal': z.object({ appeal: z.string(), version: z.number().int(), state: z.string(), pending: z.boolean() }),
  ...APPEAL_ACT_RESULTS,
  ...BLOCKRUN_RESULTS,
  ...DESK_RESULTS,
  ...SETTINGS_RESULTS,
  ...POLICY_RESULTS,
  ...OPERATOR_RESULTS,
  ...CLONE_RESULTS,
  ...NOTICE_RESULTS,
  ...SHARED_REPORT_RESULTS,
} as const
export type CommandResult<K extends CommandKind> = z.infer<(typeof COMMAND_RESULTS)[K]>

/** POST /v1/commands. `id` (UUIDv7) is the idempotency key; `signature` is Ed25519 over `signedText`, base64url. */
export const zCommand = z.object({
  id: zUuid,
  desk: zUuid,
  officer: z.string(),
  kind: z.enum(COMMAND_KINDS as [CommandKind, ...CommandKind[]]),
  body: z.unknown(),
  basedOnSeq: zSeq,
  /** The desk's clock: a claim, never an order. */
  at: zInstant,
  signature: z.string(),
})
export type Command = z.infer<typeof zCommand>

/** The text a desk signs: all fields but the signature, body as JSON in the order it was written. */
export const signedText = (c: Omit<Command, 'signature'>): string =>
  ['command', c.id, c.desk, c.officer, c.kind, String(c.basedOnSeq), c.at, JSON.stringify(c.body)].join('\n')

/**
 * Answer to a command: HTTP 200 in both cases, since a refusal is a result that is stored and replayed too. `epoch` is that of the
 * history it was done in, whichever the desk was greeted with: a process that still speaks to an old database may have answered.
 */
export const zCommandAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('done'), seq: zSeq, result: z.unknown(), epoch: zUuid.optional() }),
  z.object({ status: z.literal('refused'), problem: zProblem, epoch: zUuid.optional() }),
])
export type CommandAnswer = z.infer<typeof zCommandAnswer>

const zBatchEvent = z.object({
  /** Registry's number, small, for the fact tables. */
  no: z.number().int(),
  head: zBatchHead,
  segments: z.array(zSegmentRef),
  effect: zEffect,
  by: z.string(),
  desk: z.string(),
  /** Command that made it, so that the desk can tell its own. */
  command: z.string(),
})

/** Documents of the feed's events, by type. An unknown type stops the feed. Every event carries `by` where an officer acted. */
export const EVENTS = {
  'officer-set': zOfficer,
  'policy-set': zPolicy,
  ...SETTINGS_EVENTS,
  ...POLICY_EVENTS,
  ...OPERATOR_EVENTS,
  ...CLONE_EVENTS,
  ...NOTICE_EVENTS,
  ...SHARED_REPORT_EVENTS,
  /** Waits for a second signature: visible, its facts do not count yet. */
  'batch-proposed': zBatchEvent,
  'batch-committed': zBatchEvent.extend({ signedBy: z.array(z.string()), replaces: z.array(z.number().int()) }),
  'batch-withdrawn': z.object({ no: z.number().int(), id: zUuid, by: z.string(), note: z.string() }),
  'undo-proposed': z.object({ no: z.number().int(), id: zUuid, reason: z.string(), effect: zEffect, by: z.string() }),
  'undo-dropped': z.object({ no: z.number().int(), id: zUuid, by: z.string(), note: z.string() }),
  'batch-undone': z.object({
    no: z.number().int(),
    id: zUuid,
    reason: z.string(),
    effect: zEffect,
    by: z.string(),
    signedBy: z.array(z.string()),
  }),
  'appeal-received': zAppeal,
  /** Everything that changed in the appeal: compare versions, take what is newer. */
  'appeal-changed': z.object({
    id: z.string(),
    version: z.number().int(),
    state: zAppeal.shape.state,
    lease: zLease.nullable(),
    hearingAt: zIsoDate.nullable(),
    proposal: zDecision.nullable(),
    entry: zTimelineEntry,
    command: z.string(),
    /** These only where they changed. */
    dueAt: zIsoDate.optional(),
    evidence: z.array(zEvidenceFile).optional(),
    complaint: zComplaint.nullable().optional(),
    assignedTo: z.string().nullable().optional(),
    notBy: z.array(z.string()).optional(),
    revocation: zRevocation.nullable().optional(),
  }),
  ...BLOCKRUN_EVENTS,
} as const
export type EventType = keyof typeof EVENTS
export type EventDoc<T extends EventType> = z.infer<(typeof EVENTS)[T]>

export const zEvent = z.object({ seq: zSeq, type: z.string(), at: zInstant, doc: z.unknown() })
export type FeedEvent = z.infer<typeof zEvent>

/** GET /v1/feed?epoch&after&limit (≤ 1,000): events with seq > after in order; another epoch is problem `epoch-changed`. */
export const zFeed = z.object({ epoch: zUuid, head: zSeq, events: z.array(zEvent) })
export type Feed = z.infer<typeof zFeed>

/** GET /v1/live (SSE): `data: {"epoch","head"}` whenever the head moves, and at once when connected. */
export const zLive = z.object({ epoch: zUuid, head: zSeq })

/** Blobs (segments, evidence): HEAD, PUT (whole or `Content-Range`, answers `Upload-Offset`), GET with Range on /v1/blobs/{sha256}. */
export const zBlobState = z.object({ sha256: zSha256, bytes: z.number().int(), complete: z.boolean() })

/** GET /v1/digest?atSeq: number and sum of the live facts and listings, to hold against a cache at the same seq. */
export const zDigest = z.object({
  seq: zSeq,
  facts: z.object({ rows: z.number().int(), digest: z.string() }),
  listings: z.object({ rows: z.number().int(), digest: z.string() }),
})
export type Digest = z.infer<typeof zDigest>

/** GET /v1/audit?after&limit and GET /v1/audit/checkpoint: append-only, each entry hashed with the one before. */
export const zAuditEntry = z.object({
  no: z.number().int(),
  seq: zSeq,
  at: zInstant,
  officer: z.string(),
  desk: z.string(),
  act: z.string(),
  subject: z.string(),
  hash: zSha256,
})
export type AuditEntry = z.infer<typeof zAuditEntry>
export const zCheckpoint = z.object({ entries: z.number().int(), root: zSha256, at: zInstant })

/** POST /v1/intake/appeals (portal of the citizens; here: sample data and tests). */
export const zIntake = z.object({
  route: zRoute,
  applicant: zApplicant,
  claim: zClaim,
  evidence: z.array(zEvidenceFile),
  receivedAt: zInstant.optional(),
})
/** Its number, and the secret with which the applicant follows it; the registry keeps only its hash. */
export const zIntakeAnswer = z.object({ id: z.string(), secret: z.string() })
export type Intake = z.infer<typeof zIntake>

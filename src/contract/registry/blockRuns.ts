import { z } from 'zod'
import { CONFLICTS, HELD_BY, MOST_IN_RUN, OUTSIDE, RUN_STATES } from '../../domain/blockRun.ts'
import { zIsoDate, zSha256, zUuid } from '../value.ts'
import { zRunPart } from './runPart.ts'

/** Block runs: grey → black by the signatures of two approvers. */

/** A signature of the registry: id of its key (GET /v1/keys), Ed25519 in base64url. */
export const zSeal = z.object({ key: z.string(), value: z.string() })
/** What is sealed of a block run in force. */
export const sealText = (run: string, manifest: string, signatures: readonly string[]): string =>
  ['blockrun', run, manifest, ...signatures].join('\n')

const zImeiKey = z.number().int().positive()
const zDropped = z.object({
  imei14: zImeiKey,
  why: z.enum([...OUTSIDE, ...CONFLICTS, ...HELD_BY]),
  appeal: z.string().nullable(),
})
/** Held and conflicting IMEIs that are named; all of them are counted. */
export const NAMED_IN_RUN = 10_000

export const zRunCounts = z.object({
  toBlack: z.number().int().nonnegative(),
  held: z.number().int().nonnegative(),
  conflicts: z.number().int().nonnegative(),
})
const zRunAnswer = zRunCounts.extend({
  /** Null: nothing was to be blocked, and no run was made. */
  run: zUuid.nullable(),
  cap: z.number().int(),
  state: z.enum(RUN_STATES),
  signatures: z.array(z.string()),
})

export const BLOCKRUN_COMMANDS = {
  /** Grey → black up to a deadline; the registry gathers the IMEIs. `run` is a UUIDv7 made by the desk. */
  'propose-blockrun': z.object({
    run: zUuid,
    until: zIsoDate,
    /** A part of what is due only. */
    part: zRunPart.optional(),
  }),
  /** `manifest` is what the officer saw; another one is `effect-changed`. `agrees` false ends the run unsigned. */
  'sign-blockrun': z.object({ run: zUuid, manifest: zSha256, agrees: z.boolean(), note: z.string().max(4000) }),
} as const

export const BLOCKRUN_RESULTS = {
  'propose-blockrun': zRunAnswer,
  'sign-blockrun': zRunAnswer,
} as const

export const BLOCKRUN_EVENTS = {
  /** A block run waits for signatures; its batch of the same id comes with the last of them. */
  'blockrun-proposed': zRunCounts.extend({
    id: zUuid,
    /** Registry's number of the run. */
    no: z.number().int(),
    until: zIsoDate,
    /** Business date of the proposal. */
    day: zIsoDate,
    cap: z.number().int(),
    /** Overdue IMEIs left for a later run because the cap was reached. */
    beyondCap: z.number().int().nonnegative(),
    policy: z.number().int(),
    /** Absent: everything that was due. */
    part: zRunPart.optional(),
    /** Ascending. */
    imeis: z.array(zImeiKey).max(MOST_IN_RUN),
    /** `appeal` null: its holder was not warned. */
    heldImeis: z.array(z.object({ imei14: zImeiKey, appeal: z.string().nullable() })).max(NAMED_IN_RUN),
    conflictImeis: z.array(z.object({ imei14: zImeiKey, why: z.enum(CONFLICTS) })).max(NAMED_IN_RUN),
    /** fingerprint.ts, `runManifest`. */
    manifest: zSha256,
    by: z.string(),
    signatures: z.array(z.string()),
    desk: z.string(),
    command: z.string(),
  }),
  /** One more signature; `dropped` left the run since it was last judged, the counts and the manifest are those after it. */
  'blockrun-signed': zRunCounts.extend({
    id: zUuid,
    state: z.enum(RUN_STATES),
    dropped: z.array(zDropped).max(MOST_IN_RUN),
    manifest: zSha256,
    by: z.string(),
    signatures: z.array(z.string()),
    /** The registry's signature over `sealText`, once the run is in force. */
    seal: zSeal.optional(),
    command: z.string(),
  }),
  /** Declined by an approver or withdrawn by who proposed it. */
  'blockrun-dropped': z.object({ id: zUuid, by: z.string(), note: z.string(), command: z.string() }),
} as const

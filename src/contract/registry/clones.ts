import { z } from 'zod'
import { CLONE_GROUNDS, CLONE_STATES, CLONE_VERDICTS } from '../../domain/cloneCase.ts'
import { zInstant, zIsoDate, zOperator, zUuid } from '../value.ts'

const zImeiKey = z.number().int().positive()
const count = z.number().int().nonnegative()

export const zGround = z.object({ kind: z.enum(CLONE_GROUNDS), figure: count, day: zIsoDate.nullable() })

/** The subscriber who keeps his service: IMEI, IMSI and number go onto the exception list of his operator. */
export const zGenuineHolder = z.object({
  imsi: z.string().regex(/^\d{14,15}$/),
  msisdn: z.string().regex(/^\+?\d{0,15}$/),
  operator: zOperator,
})

const zState = z.object({
  case: zUuid,
  no: z.number().int(),
  state: z.enum(CLONE_STATES),
  signatures: z.array(z.string()),
})

export const CLONE_COMMANDS = {
  'open-clone-case': z.object({ case: zUuid, imei14: zImeiKey, note: z.string().max(4000) }),
  /** `clone` needs the genuine holder; `dismissed` ends the case at once, the others wait for signatures. */
  'decide-clone-case': z.object({
    case: zUuid,
    verdict: z.enum(CLONE_VERDICTS),
    holder: zGenuineHolder.nullable(),
    note: z.string().max(4000),
  }),
  /** `agrees` false sends it back. */
  'sign-clone-case': z.object({ case: zUuid, agrees: z.boolean(), note: z.string().max(4000) }),
} as const

export const CLONE_RESULTS = {
  'open-clone-case': zState,
  'decide-clone-case': zState,
  'sign-clone-case': zState,
} as const

export const CLONE_EVENTS = {
  /** `by` null: the registry found it among observations. */
  'clone-suspected': z.object({
    case: zUuid,
    no: z.number().int(),
    imei14: zImeiKey,
    grounds: z.array(zGround),
    holders: count,
    at: zInstant,
    by: z.string().nullable(),
    note: z.string(),
  }),
  'clone-decided': z.object({
    case: zUuid,
    no: z.number().int(),
    imei14: zImeiKey,
    state: z.enum(CLONE_STATES),
    verdict: z.enum(CLONE_VERDICTS).nullable(),
    holder: zGenuineHolder.nullable(),
    by: z.string(),
    /** Who gave the verdict that is signed. */
    decidedBy: z.string().nullable(),
    signatures: z.array(z.string()),
    note: z.string(),
    day: zIsoDate,
    command: z.string(),
  }),
} as const

/** GET /v1/clones/{case}: the rivals for one IMEI side by side, from the raw observations. */
export const zHolders = z.array(
  z.object({
    imsi: z.string(),
    msisdn: z.string(),
    operator: zOperator,
    firstDay: zIsoDate,
    lastDay: zIsoDate,
    days: count,
    rats: z.array(z.string()),
    regions: z.array(z.string()),
  }),
)

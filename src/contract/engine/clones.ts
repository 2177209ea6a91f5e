import { z } from 'zod'
import { CLONE_STATES, CLONE_VERDICTS } from '../../domain/cloneCase.ts'
import { PAIR_RULES } from '../../domain/devicePair.ts'
import { zGenuineHolder, zGround, zHolders } from '../registry/clones.ts'
import { zImei14, zInstant, zListing, zUuid } from '../value.ts'

const zPairVerdict = z.enum(['match', 'contradict', 'unclear', 'none'])

export const zCloneCase = z.object({
  case: zUuid,
  no: z.number().int(),
  imei14: zImei14,
  state: z.enum(CLONE_STATES),
  grounds: z.array(zGround),
  holders: z.number().int(),
  openedAt: zInstant,
  by: z.string().nullable(),
  verdict: z.enum(CLONE_VERDICTS).nullable(),
  holder: zGenuineHolder.nullable(),
  note: z.string(),
  signatures: z.array(z.string()),
  endedAt: zInstant.nullable(),
})
export type CloneCase = z.infer<typeof zCloneCase>

export const zCloneDone = z.object({
  case: zUuid,
  no: z.number().int(),
  state: z.enum([...CLONE_STATES, 'queued']),
  signatures: z.array(z.string()),
})

export const CLONE_CALLS = {
  /** The latest first; `state` null: all. */
  'clone-cases': {
    input: z.object({
      state: z.enum(CLONE_STATES).nullable().default(null),
      before: z.number().int().nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.array(zCloneCase),
  },
  /** A case by its number or id with the rivals side by side, longest use first; they are asked of the registry (`registry-unreachable`). */
  'clone-case': {
    input: z.object({ case: z.string() }),
    output: z.object({ case: zCloneCase, listing: zListing, rivals: zHolders }),
  },
  'open-clone-case': {
    input: z.object({ imei: z.string(), note: z.string().max(4000).default('') }),
    output: zCloneDone,
  },
  /** `imsi` of the genuine holder among the rivals; needed for `clone`. */
  'decide-clone-case': {
    input: z.object({
      case: z.string(),
      verdict: z.enum(CLONE_VERDICTS),
      imsi: z.string().nullable().default(null),
      note: z.string().max(4000).default(''),
    }),
    output: zCloneDone,
  },
  'sign-clone-case': {
    input: z.object({ case: z.string(), agrees: z.boolean().default(true), note: z.string().max(4000).default('') }),
    output: zCloneDone,
  },
  /** Whether two IMEIs can be one device. */
  'device-pair': {
    input: z.object({ imeis: z.tuple([z.string(), z.string()]) }),
    output: z.object({
      verdict: zPairVerdict,
      findings: z.array(z.object({ rule: z.enum(PAIR_RULES), verdict: zPairVerdict, because: z.string() })),
    }),
  },
} as const

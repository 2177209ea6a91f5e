import { z } from 'zod'
import { PROPOSAL_STATES } from '../../domain/policyProposal.ts'
import { zIsoDate, zPolicy, zSha256, zUuid } from '../value.ts'

/** A version of the policy is proposed, signed by two approvers, and begins by the event `policy-set` on its day. */

const zAnswer = z.object({
  proposal: zUuid,
  version: z.number().int(),
  validFrom: zIsoDate,
  sha256: zSha256,
  state: z.enum(PROPOSAL_STATES),
  signatures: z.array(z.string()),
})

/** As written in a file: the order of the rules also as statements "a > b > c". */
export const zPolicyFile = zPolicy.extend({ precedence: z.array(z.string()) })

export const POLICY_COMMANDS = {
  /** The registry gives it the next number; `signedBy` is filled by the signatures. */
  'propose-policy': z.object({ proposal: zUuid, policy: zPolicyFile, note: z.string().max(4000) }),
  /** `sha256` of what the officer read (`policyManifest`). `agrees` false ends it unsigned. */
  'sign-policy': z.object({ proposal: zUuid, sha256: zSha256, agrees: z.boolean(), note: z.string().max(4000) }),
} as const

export const POLICY_RESULTS = { 'propose-policy': zAnswer, 'sign-policy': zAnswer } as const

export const POLICY_EVENTS = {
  'policy-proposed': zAnswer.extend({ policy: zPolicy, by: z.string(), note: z.string(), command: z.string() }),
  'policy-signed': zAnswer.extend({ by: z.string(), command: z.string() }),
  'policy-dropped': z.object({ proposal: zUuid, by: z.string(), note: z.string(), command: z.string() }),
} as const

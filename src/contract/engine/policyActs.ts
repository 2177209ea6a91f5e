import { z } from 'zod'
import { PROPOSAL_STATES } from '../../domain/policyProposal.ts'
import { zPolicyFile } from '../registry/policyActs.ts'
import { zInstant, zIsoDate, zPolicy, zSha256, zUuid } from '../value.ts'

/** `queued`: the desk's proposal or signature waits to be sent. */
export const zPolicyState = z.enum([...PROPOSAL_STATES, 'queued'])

export const zPolicyProposal = z.object({
  proposal: zUuid,
  version: z.number().int(),
  validFrom: zIsoDate,
  policy: zPolicy,
  sha256: zSha256,
  state: zPolicyState,
  by: z.string(),
  at: zInstant,
  note: z.string(),
  signatures: z.array(z.string()),
})
export type PolicyProposal = z.infer<typeof zPolicyProposal>

export const zPolicyDone = z.object({
  proposal: zUuid,
  version: z.number().int(),
  validFrom: zIsoDate,
  state: zPolicyState,
  signatures: z.array(z.string()),
})

export const POLICY_CALLS = {
  /** Versions on their way and those that were declined, the latest first. */
  'policy-proposals': { input: z.object({}), output: z.array(zPolicyProposal) },
  /** A whole policy as a file has it, or changes of the one in force (`set`); `validFrom` replaces the file's. */
  'propose-policy': {
    input: z.object({
      policy: zPolicyFile.nullable(),
      set: z.array(z.object({ key: z.string(), value: z.string() })).max(100),
      validFrom: zIsoDate.nullable(),
      note: z.string().max(4000).default(''),
    }),
    output: zPolicyDone,
  },
  /** `agrees` false: an approver declines it, who proposed it withdraws it. */
  'sign-policy': {
    input: z.object({
      proposal: z.string(),
      agrees: z.boolean().default(true),
      note: z.string().max(4000).default(''),
    }),
    output: zPolicyDone,
  },
} as const

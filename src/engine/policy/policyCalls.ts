import type { Handlers } from '../../contract/call.ts'
import type { POLICY_CALLS } from '../../contract/engine/policyActs.ts'
import type { EngineContract } from '../../contract/engine.ts'
import type { Desk } from '../sync/desk.ts'
import { proposePolicy, signPolicy } from './acts.ts'
import { proposals } from './queries.ts'

/** Versions of the policy on their way: proposed, signed, withdrawn. */
export function policyCalls(desk: Desk): Pick<Handlers<EngineContract>, keyof typeof POLICY_CALLS> {
  return {
    'policy-proposals': () => proposals(desk.home.cache.read),
    'propose-policy': (asked) => proposePolicy(desk, asked),
    'sign-policy': ({ proposal, agrees, note }) => signPolicy(desk, proposal, agrees, note),
  }
}

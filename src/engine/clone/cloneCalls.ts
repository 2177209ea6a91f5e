import type { Handlers } from '../../contract/call.ts'
import type { CLONE_CALLS } from '../../contract/engine/clones.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { listingOf } from '../../domain/policy.ts'
import { factsOf } from '../db/facts.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { decideCloneCase, openCase, signCloneCase } from './acts.ts'
import { comparedPair } from './pair.ts'
import { caseOrTrouble, cloneCases } from './queries.ts'
import { rivalsOf } from './rivals.ts'

/** Clones as cases, and whether two IMEIs can be one device. */
export function cloneCalls(desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof CLONE_CALLS> {
  const cache = desk.home.cache.read
  return {
    'clone-cases': ({ state, before, limit }) => cloneCases(cache, state, before, limit),
    'clone-case': async ({ case: name }) => {
      const found = caseOrTrouble(cache, name)
      const rivals = await rivalsOf(desk, found.case)
      const listing = listingOf(factsOf(cache, Number(found.imei14)), policyAt(cache, cursorOf(cache).seq))
      return { case: found, listing, rivals }
    },
    'open-clone-case': ({ imei, note }) => openCase(desk, imei, note),
    'decide-clone-case': ({ case: name, verdict, imsi, note }) => decideCloneCase(desk, name, verdict, imsi, note),
    'sign-clone-case': ({ case: name, agrees, note }) => signCloneCase(desk, name, agrees, note),
    'device-pair': ({ imeis: [a, b] }) => comparedPair(cache, a, b),
  }
}

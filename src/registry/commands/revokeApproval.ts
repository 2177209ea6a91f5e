import type { CommandBody } from '../../contract/registry.ts'
import type { Appeal } from '../../domain/appeal.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { done, type Outcome, refused } from '../../domain/problem.ts'
import { proposeRevocation, signRevocation } from '../../domain/revocation.ts'
import { appealForUpdate, type StoredAppeal } from '../db/appeal/queries.ts'
import { decisionOf, proposeUndo } from '../db/batch/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import type { Act } from './act.ts'
import { changeAppeal } from './appeals.ts'
import { judgeUndo } from './undoBatch.ts'

type Body = CommandBody<'revoke-decision'>

/** Proposes that an approval be taken back: its batch waits for the signature with the effect its end would have. */
export async function proposeApprovalsEnd(act: Act, found: StoredAppeal, body: Body): Promise<Outcome<Appeal>> {
  const { officer, now } = act.actor
  const proposed = proposeRevocation(found.appeal, officer, body, { now })
  if (!proposed.ok) return proposed
  await holdFacts(act.tx)
  const batch = await decisionOf(act.tx, found.appeal.id)
  if (!batch) return refused('nothing-approved', { appeal: found.appeal.id, state: found.appeal.state })
  const { effect, reviewed } = await judgeUndo(act.tx, batch)
  await proposeUndo(act.tx, batch.no, { reason: body.note, by: officer.id, effect, reviewed })
  act.event('undo-proposed', { no: batch.no, id: batch.id, reason: body.note, effect, by: officer.id })
  const { change, entry } = proposed.value
  return done(await changeAppeal(act, found.appeal, change, entry, found.lastToken))
}

/** What a signature under the undo of a decision's batch makes of its appeal; it is held before the facts are, as by every decision. */
export async function signedRevocation(
  act: Act,
  appealId: string,
  said: { readonly agrees: boolean; readonly note: string },
): Promise<Outcome<() => Promise<Appeal>>> {
  const found = await appealForUpdate(act.tx, appealId)
  if (!found) return refused('appeal-unknown', { appeal: appealId })
  const policy = await currentPolicy(act.tx)
  const context = { policy, calendar: calendarOf(policy), now: act.actor.now }
  const signed = signRevocation(found.appeal, act.actor.officer, said, context)
  if (!signed.ok) return signed
  const { change, entry } = signed.value
  return done(() => changeAppeal(act, found.appeal, change, entry, found.lastToken))
}

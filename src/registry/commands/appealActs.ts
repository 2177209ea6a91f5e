import type { Appeal } from '../../domain/appeal.ts'
import {
  type ActContext,
  type AppealChange,
  assign,
  complain,
  handOver,
  prolong,
  revoke,
  withdraw,
} from '../../domain/appealActs.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { may, type Officer } from '../../domain/officer.ts'
import { done, type Outcome, refused } from '../../domain/problem.ts'
import { currentPolicy, officerById } from '../db/directory/queries.ts'
import type { Act, Handler } from './act.ts'
import { appealOf, changeAppeal } from './appeals.ts'
import { proposeApprovalsEnd } from './revokeApproval.ts'

/** Acts about an appeal beside claiming and deciding it: each asks the domain and writes what it answers. */

export const prolongAppeal: Handler<'prolong-appeal'> = (act, body) =>
  changed(act, body, async (appeal) => prolong(appeal, act.actor.officer, body, await contextOf(act)))

export const handOverAppeal: Handler<'hand-over-appeal'> = (act, body) =>
  changed(act, body, async (appeal) => {
    const to = await officerOf(act, body.to)
    return to.ok ? handOver(appeal, act.actor.officer, to.value, body.note, act.actor.now) : to
  })

export const assignAppeal: Handler<'assign-appeal'> = (act, body) =>
  changed(act, body, async (appeal) => {
    const to = body.to === null ? done(null) : await officerOf(act, body.to)
    return to.ok ? assign(appeal, act.actor.officer, to.value, body.reason, act.actor.now) : to
  })

export const withdrawAppeal: Handler<'withdraw-appeal'> = (act, body) =>
  changed(act, body, async (appeal) => withdraw(appeal, act.actor.officer, body.note, act.actor.now))

/** A decision taken back by who made it; an approval only proposed to be, since it takes two. */
export const revokeDecision: Handler<'revoke-decision'> = async (act, body) => {
  const found = await appealOf(act, body.appeal, body.version)
  if (!found.ok) return found
  if (found.value.appeal.state !== 'approved')
    return changed(act, body, async (appeal) => revoke(appeal, act.actor.officer, body.note, act.actor.now))
  const after = await proposeApprovalsEnd(act, found.value, body)
  return after.ok ? done({ appeal: after.value.id, version: after.value.version, state: after.value.state }) : after
}

export const complainAppeal: Handler<'complain-appeal'> = (act, body) =>
  changed(act, body, async (appeal) => {
    const role = may(act.actor.officer, 'decide')
    return role.ok ? complain(appeal, { text: body.text, officer: act.actor.officer }, await contextOf(act)) : role
  })

async function changed(
  act: Act,
  body: { readonly appeal: string; readonly version?: number },
  judge: (appeal: Appeal) => Promise<Outcome<AppealChange>>,
): Promise<Outcome<{ appeal: string; version: number; state: string }>> {
  const found = await appealOf(act, body.appeal, body.version)
  if (!found.ok) return found
  const { appeal, lastToken } = found.value
  const outcome = await judge(appeal)
  if (!outcome.ok) return outcome
  const after = await changeAppeal(act, appeal, outcome.value.change, outcome.value.entry, lastToken)
  return done({ appeal: after.id, version: after.version, state: after.state })
}

const contextOf = async (act: Act): Promise<ActContext> => {
  const policy = await currentPolicy(act.tx)
  return { policy, calendar: calendarOf(policy), now: act.actor.now }
}

async function officerOf(act: Act, id: string): Promise<Outcome<Officer>> {
  const officer = await officerById(act.tx, id)
  return officer ? done(officer) : refused('unknown-officer', { officer: id })
}

import type { Decision } from '../../domain/appeal.ts'
import { KZ_CALENDAR } from '../../domain/calendar.ts'
import { decide } from '../../domain/decision.ts'
import { touchesBlack } from '../../domain/effect.ts'
import { done, refused } from '../../domain/problem.ts'
import { appealForUpdate } from '../db/appeal/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import type { Handler } from './act.ts'
import { changeAppeal } from './appeals.ts'
import { commitApproval, judgeApproval } from './approval.ts'

/** A decision on an appeal as the officer saw it: of another version it is refused, and he gets the one that stands. */
export const decideAppeal: Handler<'decide-appeal'> = async (act, body) => {
  const { officer, now } = act.actor
  act.about(body.appeal)
  const found = await appealForUpdate(act.tx, body.appeal)
  if (!found) return refused('appeal-unknown', { appeal: body.appeal })
  const { appeal, lastToken } = found
  if (appeal.version !== body.version)
    return refused('appeal-changed', { appeal: appeal.id, version: appeal.version, yours: body.version })

  const { verdict, fields, reasons, note } = body
  const decision: Decision = { verdict, fields, reasons, note, officer: officer.id, at: now }
  const approves = verdict === 'approve'
  if (approves) await holdFacts(act.tx)
  const approval = approves ? await judgeApproval(act, appeal) : null
  if (approval && !approval.ok) return approval
  const decided = decide(appeal, decision, officer, {
    policy: await currentPolicy(act.tx),
    calendar: KZ_CALENDAR,
    now,
    touchesBlack: approval ? touchesBlack(approval.value.effect) : false,
    foreign: approval ? approval.value.foreign : [],
  })
  if (!decided.ok) return decided
  const { state, proposal, hearingAt, listed, entry } = decided.value
  if (listed && approval) await commitApproval(act, approval.value, { by: officer.id, signedBy: [] })
  const after = await changeAppeal(act, appeal, { state, proposal, hearingAt, lease: null }, entry, lastToken)
  return done({ appeal: after.id, version: after.version, state, pending: state === 'awaiting-signature' })
}

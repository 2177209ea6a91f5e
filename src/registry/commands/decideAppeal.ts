import type { Appeal, Decision } from '../../domain/appeal.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { type Decided, decide } from '../../domain/decision.ts'
import { touchesBlack } from '../../domain/effect.ts'
import { secondReasons } from '../../domain/fourEyes.ts'
import { done, type Outcome } from '../../domain/problem.ts'
import { isReused } from '../db/appeal/queries.ts'
import { lotOf } from '../db/appeal/secrets.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import type { Act, Handler } from './act.ts'
import { appealOf, changeAppeal } from './appeals.ts'
import { type Approval, commitApproval, judgeApproval } from './approval.ts'

/** A decision on an appeal as the officer saw it: of another version it is refused, and he gets the one that stands. */
export const decideAppeal: Handler<'decide-appeal'> = async (act, body) => {
  const { officer, now } = act.actor
  const found = await appealOf(act, body.appeal, body.version)
  if (!found.ok) return found
  const { appeal, lastToken } = found.value
  const { verdict, fields, reasons, note, internal, item, body: passedTo } = body
  const decision: Decision = {
    ...{ verdict, fields, reasons, note, officer: officer.id, at: now },
    ...(internal ? { internal } : {}),
    ...(item ? { item } : {}),
    ...(passedTo ? { body: passedTo } : {}),
  }
  const after = await carryOutDecision(act, appeal, decision, lastToken)
  if (!after.ok) return after
  const { version, state } = after.value
  return done({ appeal: appeal.id, version, state, pending: state === 'awaiting-signature' })
}

/** Judges a decision by the rules of the domain and writes what follows. */
export async function carryOutDecision(
  act: Act,
  appeal: Appeal,
  decision: Decision,
  lastToken: number,
): Promise<Outcome<Appeal>> {
  const approves = decision.verdict === 'approve'
  if (approves) await holdFacts(act.tx)
  const approval = approves ? await judgeApproval(act, appeal) : null
  if (approval && !approval.ok) return approval
  const decided = await judged(act, appeal, decision, approval ? approval.value : null)
  if (!decided.ok) return decided
  const { state, proposal, hearingAt, listed, entry } = decided.value
  if (listed && approval) await commitApproval(act, approval.value, { by: act.actor.officer.id, signedBy: [] })
  const change = { state, proposal, hearingAt, lease: null, ...(appeal.assignedTo ? { assignedTo: null } : {}) }
  return done(await changeAppeal(act, appeal, change, entry, lastToken))
}

async function judged(act: Act, appeal: Appeal, d: Decision, approval: Approval | null): Promise<Outcome<Decided>> {
  const { officer, now } = act.actor
  const policy = await currentPolicy(act.tx)
  const second = approval
    ? secondReasons(
        {
          appeal: appeal.id,
          priceTenge: appeal.claim.priceTenge,
          reused: await isReused(act.tx, appeal),
          touchesBlack: touchesBlack(approval.effect),
          lot: await lotOf(act.tx),
        },
        policy,
      )
    : []
  const foreign = approval ? approval.foreign : []
  return decide(appeal, d, officer, { policy, calendar: calendarOf(policy), now, second, foreign })
}

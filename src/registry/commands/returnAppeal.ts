import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { appealForUpdate } from '../db/appeal/queries.ts'
import type { Handler } from './act.ts'
import { changeAppeal } from './appeals.ts'

/** Gives a claimed appeal back to the queue. */
export const returnAppeal: Handler<'return-appeal'> = async (act, { appeal: id, reason }) => {
  const { officer, now } = act.actor
  const role = may(officer, 'claim')
  if (!role.ok) return role
  act.about(id)
  const found = await appealForUpdate(act.tx, id)
  if (!found) return refused('appeal-unknown', { appeal: id })
  const { appeal, lastToken } = found
  if (appeal.state !== 'claimed' || !appeal.lease) return refused('appeal-not-claimed', { appeal: id })
  if (appeal.lease.officer !== officer.id)
    return refused('appeal-claimed-by-other', { appeal: id, officer: appeal.lease.officer })
  const entry = { at: now, what: 'returned' as const, officer: officer.id, note: reason }
  // a preliminary refusal stays one: its hearing date is known to the applicant
  const state = appeal.hearingAt === null ? 'received' : 'preliminary'
  const after = await changeAppeal(act, appeal, { state, lease: null }, entry, lastToken)
  return done({ appeal: id, version: after.version })
}

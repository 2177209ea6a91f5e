import { waitingState } from '../../domain/decision.ts'
import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { noteReturned } from '../db/appeal/queries.ts'
import type { Handler } from './act.ts'
import { appealOf, changeAppeal } from './appeals.ts'

/** Gives a claimed appeal back to the queue. */
export const returnAppeal: Handler<'return-appeal'> = async (act, { appeal: id, reason }) => {
  const { officer, now } = act.actor
  const role = may(officer, 'claim')
  if (!role.ok) return role
  const found = await appealOf(act, id)
  if (!found.ok) return found
  const { appeal, lastToken } = found.value
  if (appeal.state !== 'claimed' || !appeal.lease) return refused('appeal-not-claimed', { appeal: id })
  if (appeal.lease.officer !== officer.id)
    return refused('appeal-claimed-by-other', { appeal: id, officer: appeal.lease.officer })
  const entry = { at: now, what: 'returned' as const, officer: officer.id, internal: reason }
  const change = { state: waitingState(appeal), lease: null, ...(appeal.assignedTo ? { assignedTo: null } : {}) }
  const after = await changeAppeal(act, appeal, change, entry, lastToken)
  await noteReturned(act.tx, id, officer.id)
  return done({ appeal: id, version: after.version })
}

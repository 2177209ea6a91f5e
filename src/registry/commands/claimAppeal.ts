import { businessDate } from '../../domain/businessDate.ts'
import { canClaim } from '../../domain/decision.ts'
import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { appealForUpdate, nextWaiting } from '../db/appeal/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import type { Handler } from './act.ts'
import { changeAppeal } from './appeals.ts'

/** Takes an appeal: a lease with an end and a fencing token. Without a number it is the next by deadline that nobody holds. */
export const claimAppeal: Handler<'claim-appeal'> = async (act, { appeal: wanted }) => {
  const { officer, desk, now } = act.actor
  const role = may(officer, 'claim')
  if (!role.ok) return role
  const policy = await currentPolicy(act.tx)
  if (wanted !== null) act.about(wanted)
  const found =
    wanted === null
      ? await nextWaiting(act.tx, now, businessDate(now), officer.id)
      : await appealForUpdate(act.tx, wanted)
  if (!found) return wanted === null ? refused('appeal-none-waiting') : refused('appeal-unknown', { appeal: wanted })
  const { appeal, lastToken } = found
  act.about(appeal.id)
  const free = canClaim(appeal, officer, now)
  if (!free.ok) return free
  const his = appeal.lease?.officer === officer.id || appeal.assignedTo === officer.id
  if (wanted !== null && !policy.appeal.claimById && !his)
    return refused('role-forbids', { role: officer.role, act: 'claim' })
  const until = new Date(Date.parse(now) + policy.appeal.leaseMinutes * 60_000).toISOString()
  const lease = { officer: officer.id, desk, until, token: lastToken + 1 }
  const entry = { at: now, what: 'claimed' as const, officer: officer.id }
  const after = await changeAppeal(act, appeal, { state: 'claimed', lease }, entry, lease.token)
  return done({ appeal: after.id, version: after.version, lease })
}

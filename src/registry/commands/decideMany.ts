import type { Appeal, Decision } from '../../domain/appeal.ts'
import { bulkCapOf } from '../../domain/appealRules.ts'
import { canClaim } from '../../domain/decision.ts'
import { may } from '../../domain/officer.ts'
import { done, type Problem, refused } from '../../domain/problem.ts'
import { appealForUpdate } from '../db/appeal/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import type { Handler } from './act.ts'
import { carryOutDecision } from './decideAppeal.ts'

/**
 * One decision with one reason over many appeals, each as the officer saw it in the list before. What moved on meanwhile, or is held
 * by a colleague, stays as it is and is named; the others are decided. Approvals need their own look and cannot come this way.
 */
export const decideMany: Handler<'decide-many'> = async (act, body) => {
  const { officer, now, desk } = act.actor
  const role = may(officer, 'decide')
  if (!role.ok) return role
  const policy = await currentPolicy(act.tx)
  const cap = bulkCapOf(policy, officer.role)
  act.about(`${body.appeals.length}`)
  if (body.appeals.length > cap) return refused('bulk-too-many', { count: body.appeals.length, cap })
  const until = new Date(Date.parse(now) + policy.appeal.leaseMinutes * 60_000).toISOString()
  const { verdict, reasons, note, internal } = body
  const decision: Decision = {
    ...{ verdict, fields: {}, reasons, note, officer: officer.id, at: now },
    ...(internal ? { internal } : {}),
  }
  const decided: { appeal: string; version: number; state: string }[] = []
  const left: { appeal: string; problem: Problem }[] = []
  // in one order everywhere: two such decisions must not wait for each other
  for (const { appeal: id, version } of [...body.appeals].sort((a, b) => (a.appeal < b.appeal ? -1 : 1))) {
    const outcome = await one(id, version)
    if (outcome.ok) decided.push({ appeal: id, version: outcome.value.version, state: outcome.value.state })
    else left.push({ appeal: id, problem: outcome.problem })
  }
  act.about(decided.map((d) => d.appeal).join(' '))
  return done({
    done: decided,
    refused: left.map(({ appeal, problem: { code, details } }) => ({
      appeal,
      problem: { code, details: { ...details } },
    })),
  })

  async function one(id: string, version: number) {
    const found = await appealForUpdate(act.tx, id)
    if (!found) return refused('appeal-unknown', { appeal: id })
    const { appeal, lastToken } = found
    if (appeal.version !== version)
      return refused('appeal-changed', { appeal: id, version: appeal.version, yours: version })
    const free = canClaim(appeal, officer, now)
    if (!free.ok) return free
    const lease = { officer: officer.id, desk, until, token: lastToken + 1 }
    return carryOutDecision(act, { ...appeal, lease } satisfies Appeal, decision, lease.token)
  }
}

import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { addEnrolment } from '../db/desk/queries.ts'
import type { Handler } from './act.ts'

const HOUR_MS = 3_600_000

/** Lets whoever has the code enrol one desk within some hours. */
export const allowDesk: Handler<'allow-desk'> = async (act, { code, name, hours }) => {
  const { officer, now } = act.actor
  const role = may(officer, 'administer')
  if (!role.ok) return role
  act.about(name)
  const until = new Date(Date.parse(now) + hours * HOUR_MS).toISOString()
  if ((await addEnrolment(act.tx, { code, name, madeBy: officer.id, until })) === 0)
    return refused('command-changed', { command: act.actor.command })
  return done({ name, until })
}

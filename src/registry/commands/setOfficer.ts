import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { setOfficer as writeOfficer } from '../db/directory/queries.ts'
import type { Handler } from './act.ts'

/** Enters an officer into the directory or changes his name or role. Nobody changes himself. */
export const setOfficer: Handler<'set-officer'> = async (act, officer) => {
  const role = may(act.actor.officer, 'administer')
  if (!role.ok) return role
  act.about(officer.id)
  if (officer.id === act.actor.officer.id) return refused('own-act', { officer: officer.id })
  await writeOfficer(act.tx, officer)
  act.event('officer-set', officer)
  return done(officer)
}

import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { deskForUpdate, revokeDesk as markRevoked } from '../db/desk/queries.ts'
import type { Handler } from './act.ts'

/** Ends a desk: what it asks and sends from now on is refused. One that is revoked already stays as it was. */
export const revokeDesk: Handler<'revoke-desk'> = async (act, { desk: id }) => {
  const role = may(act.actor.officer, 'administer')
  if (!role.ok) return role
  act.about(id)
  const desk = await deskForUpdate(act.tx, id)
  if (!desk) return refused('desk-missing', { desk: id })
  await markRevoked(act.tx, id, act.actor.now)
  return done({ desk: id, revokedAt: desk.revokedAt ?? act.actor.now })
}

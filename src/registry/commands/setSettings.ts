import { may } from '../../domain/officer.ts'
import { done } from '../../domain/problem.ts'
import { setSetting, settings } from '../db/setting/queries.ts'
import type { Handler } from './act.ts'

/** Changes settings of the registry for all desks; what is not named stays. */
export const setSettings: Handler<'set-settings'> = async (act, change) => {
  const role = may(act.actor.officer, 'administer')
  if (!role.ok) return role
  const named = Object.entries(change).filter(([, value]) => value !== undefined)
  act.about(named.map(([key, value]) => `${key}=${value}`).join(' '))
  for (const [key, value] of named) await setSetting(act.tx, key, value)
  const now = await settings(act.tx)
  if (named.length > 0) act.event('settings-set', { ...now, by: act.actor.officer.id })
  return done(now)
}

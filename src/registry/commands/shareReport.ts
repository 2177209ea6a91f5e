import { may, type Officer } from '../../domain/officer.ts'
import { done, type Outcome, refused } from '../../domain/problem.ts'
import { dropSharedReport, putSharedReport, sharerOf } from '../db/report/queries.ts'
import type { Handler } from './act.ts'

/** Who shares a report changes it; so does who supervises. */
function mayChange(officer: Officer, sharer: string): Outcome<true> {
  return officer.id === sharer ? done(true) : may(officer, 'supervise')
}

/** Shares the question of a report under a name, or changes it. */
export const shareReport: Handler<'share-report'> = async (act, { id, name, query }) => {
  const { officer, now } = act.actor
  const role = may(officer, 'report')
  if (!role.ok) return role
  act.about(id)
  const sharer = await sharerOf(act.tx, id)
  if (sharer !== null) {
    const own = mayChange(officer, sharer)
    if (!own.ok) return own
  }
  const by = sharer ?? officer.id
  await putSharedReport(act.tx, { id, name, query, by, at: now })
  act.event('report-shared', { id, name, query, by })
  return done({ id })
}

/** Takes a shared report back from all desks. */
export const unshareReport: Handler<'unshare-report'> = async (act, { id }) => {
  const { officer } = act.actor
  act.about(id)
  const sharer = await sharerOf(act.tx, id)
  if (sharer === null) return refused('report-unknown', { report: id })
  const own = mayChange(officer, sharer)
  if (!own.ok) return own
  await dropSharedReport(act.tx, id)
  act.event('report-unshared', { id, by: officer.id })
  return done({ id })
}

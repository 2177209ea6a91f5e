import type { Appeal, TimelineEntry } from '../../domain/appeal.ts'
import type { AppealChange } from '../../domain/appealActs.ts'
import type { Outcome } from '../../domain/problem.ts'
import { done, refused } from '../../domain/problem.ts'
import { appealForUpdate, type StoredAppeal, saveAppeal } from '../db/appeal/queries.ts'
import { markLetter } from '../db/appeal/secrets.ts'
import type { Act } from './act.ts'

/** The appeal a command is about, held; refused when it is unknown or, where a version is given, when it has moved on. */
export async function appealOf(act: Act, id: string, version?: number): Promise<Outcome<StoredAppeal>> {
  act.about(id)
  const found = await appealForUpdate(act.tx, id)
  if (!found) return refused('appeal-unknown', { appeal: id })
  if (version !== undefined && found.appeal.version !== version)
    return refused('appeal-changed', { appeal: id, version: found.appeal.version, yours: version })
  return done(found)
}

/** Writes an appeal's next version and tells the desks; `lastToken` is the highest fencing token given out. */
export async function changeAppeal(
  act: Act,
  before: Appeal,
  change: AppealChange['change'],
  said: TimelineEntry,
  lastToken: number,
): Promise<Appeal> {
  const version = before.version + 1
  const entry = await markLetter(act.tx, { ...before, ...change }, version, said)
  const after: Appeal = { ...before, ...change, version, timeline: [...before.timeline, entry] }
  await saveAppeal(act.tx, after, lastToken)
  const { dueAt, evidence, complaint, assignedTo, notBy } = change
  act.event('appeal-changed', {
    id: after.id,
    version: after.version,
    state: after.state,
    lease: after.lease,
    hearingAt: after.hearingAt,
    proposal: after.proposal && {
      ...after.proposal,
      reasons: [...after.proposal.reasons],
      because: after.proposal.because && [...after.proposal.because],
    },
    entry: {
      ...entry,
      reasons: entry.reasons && [...entry.reasons],
      because: entry.because && [...entry.because],
    },
    command: act.actor.command,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(evidence === undefined ? {} : { evidence: [...evidence] }),
    ...(complaint === undefined ? {} : { complaint }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
    ...(notBy === undefined ? {} : { notBy: [...notBy] }),
  })
  return after
}

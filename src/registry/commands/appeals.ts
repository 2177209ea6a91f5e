import type { Appeal, TimelineEntry } from '../../domain/appeal.ts'
import type { AppealChange } from '../../domain/appealActs.ts'
import type { Outcome } from '../../domain/problem.ts'
import { done, refused } from '../../domain/problem.ts'
import { writeChange } from '../db/appeal/change.ts'
import { appealForUpdate, type StoredAppeal } from '../db/appeal/queries.ts'
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
  const { after, event } = await writeChange(act.tx, before, change, said, { lastToken, command: act.actor.command })
  act.event('appeal-changed', event)
  return after
}

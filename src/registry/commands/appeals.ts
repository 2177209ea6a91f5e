import type { Appeal, TimelineEntry } from '../../domain/appeal.ts'
import { saveAppeal } from '../db/appeal/queries.ts'
import type { Act } from './act.ts'

/** Writes an appeal's next version and tells the desks; `lastToken` is the highest fencing token given out. */
export async function changeAppeal(
  act: Act,
  before: Appeal,
  change: Partial<Pick<Appeal, 'state' | 'lease' | 'hearingAt' | 'proposal'>>,
  entry: TimelineEntry,
  lastToken: number,
): Promise<Appeal> {
  const after: Appeal = { ...before, ...change, version: before.version + 1, timeline: [...before.timeline, entry] }
  await saveAppeal(act.tx, after, lastToken)
  act.event('appeal-changed', {
    id: after.id,
    version: after.version,
    state: after.state,
    lease: after.lease,
    hearingAt: after.hearingAt,
    proposal: after.proposal && {
      ...after.proposal,
      fields: after.proposal.fields,
      reasons: [...after.proposal.reasons],
    },
    entry: { ...entry, reasons: entry.reasons && [...entry.reasons] },
    command: act.actor.command,
  })
  return after
}

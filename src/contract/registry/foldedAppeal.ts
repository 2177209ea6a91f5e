import { z } from 'zod'
import type { Appeal } from '../../domain/appeal.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import type { EventDoc } from '../registry.ts'
import { zAppeal, zAppealState, zInstant, zIsoDate, zSeq } from '../value.ts'

/**
 * In the place of all events of a closed appeal that no feed has any more (docs/decisions/0038): the appeal as they left it, and of each of
 * them its number, its instant, how many entries of the time line it brought, and what state and term it left. Stands only in snapshots.
 */
export const APPEAL_FOLDED = 'appeal-folded'
export const zFoldedAppeal = z.object({
  appeal: zAppeal,
  told: z.array(z.tuple([zSeq, zInstant, z.number().int().nonnegative(), zAppealState, zIsoDate])).min(1),
})
export interface FoldedAppeal {
  readonly appeal: Appeal
  readonly told: readonly Told[]
}
export type Told = readonly [seq: Seq, at: Instant, entries: number, state: Appeal['state'], dueAt: Appeal['dueAt']]

/** An appeal after what an event changed; the same appeal where it has that version already. */
export function appealAfter(before: Appeal, e: EventDoc<'appeal-changed'>): Appeal {
  if (before.version >= e.version) return before
  const { dueAt, evidence, complaint, assignedTo, notBy, revocation } = e
  return {
    ...before,
    state: e.state,
    version: e.version,
    lease: e.lease,
    hearingAt: e.hearingAt,
    proposal: e.proposal,
    timeline: [...before.timeline, e.entry],
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(complaint === undefined ? {} : { complaint }),
    ...(assignedTo === undefined ? {} : { assignedTo }),
    ...(notBy === undefined ? {} : { notBy }),
    ...(revocation === undefined ? {} : { revocation }),
  }
}

/** The fold of an appeal's first event. */
export const beginFold = (seq: Seq, at: Instant, appeal: Appeal): FoldedAppeal => ({
  appeal,
  told: [[seq, at, appeal.timeline.length, appeal.state, appeal.dueAt]],
})

/** The fold with one more event. */
export function foldOn(
  { appeal, told }: FoldedAppeal,
  seq: Seq,
  at: Instant,
  e: EventDoc<'appeal-changed'>,
): FoldedAppeal {
  const after = appealAfter(appeal, e)
  const entries = after.timeline.length - appeal.timeline.length
  return { appeal: after, told: [...told, [seq, at, entries, after.state, after.dueAt]] }
}

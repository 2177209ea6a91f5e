import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { isOpen } from '../../domain/appeal.ts'
import { may, maySign, type Officer } from '../../domain/officer.ts'

/**
 * What the officer can do with the appeal he looks at: decide it, give the second signature, take it from the queue, or read.
 * `pending`: a decision of this desk is on its way.
 */
export type ReviewMode = 'decide' | 'sign' | 'take' | 'read' | 'pending'

/** The mode for an officer at an instant; `claiming` while his claim of it is on its way. */
export function modeOf(appeal: AppealWhole, officer: Officer, now: string, claiming: boolean): ReviewMode {
  if (appeal.pending) return 'pending'
  if (appeal.state === 'awaiting-signature')
    return maySign(officer, [appeal.proposal?.officer ?? '', ...(appeal.notBy ?? [])], []).ok ? 'sign' : 'read'
  if (!isOpen(appeal.state) || !may(officer, 'claim').ok) return 'read'
  if (claiming || appeal.lease?.officer === officer.id) return 'decide'
  // a new round is for others than those of the one before
  if (appeal.notBy?.includes(officer.id)) return 'read'
  if (appeal.assignedTo && appeal.assignedTo !== officer.id) return 'read'
  return appeal.lease === null || appeal.lease.until <= now ? 'take' : 'read'
}

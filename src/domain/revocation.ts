import { type Appeal, isOpen, type ReasonCode, type Revocation } from './appeal.ts'
import type { ActContext, AppealChange } from './appealActs.ts'
import { dueOf } from './appealClock.ts'
import { may, maySign, type Officer } from './officer.ts'
import { done, type Outcome, refused } from './problem.ts'

/**
 * An approval found wrong is taken back by two officers: one proposes with reasons, another who had no part in the approval signs. Nothing is
 * erased: the facts of the approval end from then on, the appeal waits again for officers who had no part in it, and what is unfavourable to
 * the owner still needs his hearing.
 */
export function proposeRevocation(
  appeal: Appeal,
  officer: Officer,
  said: { readonly reasons: readonly ReasonCode[]; readonly note: string; readonly internal: string },
  c: Pick<ActContext, 'now'>,
): Outcome<AppealChange> {
  const role = may(officer, 'decide')
  if (!role.ok && !may(officer, 'sign').ok) return role
  if (appeal.state !== 'approved')
    return isOpen(appeal.state)
      ? refused('nothing-approved', { appeal: appeal.id, state: appeal.state })
      : refused('appeal-closed', { appeal: appeal.id, state: appeal.state })
  if (appeal.revocation) return refused('revocation-waits', { appeal: appeal.id, officer: appeal.revocation.by })
  if (said.reasons.length === 0 || said.note.trim() === '') return refused('reason-missing', { appeal: appeal.id })
  const { reasons, note } = said
  const internal = said.internal.trim() === '' ? {} : { internal: said.internal }
  const revocation: Revocation = { by: officer.id, at: c.now, reasons, note, ...internal }
  return done({
    change: { revocation },
    // what goes to the applicant is told with the signature; until then it is the office's own affair
    entry: { at: c.now, what: 'revocation-proposed', officer: officer.id, reasons, internal: note },
  })
}

/** The second signature under a proposed revocation; without agreement the approval stands as if nothing had been proposed. */
export function signRevocation(
  appeal: Appeal,
  officer: Officer,
  said: { readonly agrees: boolean; readonly note: string },
  c: ActContext,
): Outcome<AppealChange> {
  const { revocation } = appeal
  if (appeal.state !== 'approved' || !revocation)
    return refused('nothing-to-sign', { id: appeal.id, state: appeal.state })
  const able = mayRevoke(appeal, officer)
  if (!able.ok) return able
  const by = { at: c.now, officer: officer.id }
  const words = said.note.trim() === '' ? {} : { internal: said.note }
  if (!said.agrees)
    return done({ change: { revocation: null }, entry: { ...by, ...words, what: 'revocation-dropped' } })
  const { reasons, note } = revocation
  const dueAt = dueOf(c.now, c.policy, c.calendar)
  return done({
    change: {
      ...{ state: 'received', revocation: null, proposal: null, hearingAt: null, lease: null, assignedTo: null, dueAt },
      notBy: [...new Set([...(appeal.notBy ?? []), ...approvedBy(appeal)])].sort(),
    },
    entry: { ...by, ...words, what: 'revoked', reasons, note, revokes: 'approved', until: dueAt },
  })
}

/** Whether this officer may sign a proposed revocation: not who proposed it, nor who approved or signed the approval. */
export const mayRevoke = (appeal: Appeal, officer: Officer): Outcome<true> =>
  maySign(officer, [appeal.revocation?.by ?? '', ...approvedBy(appeal)], [])

/** Who proposed and who signed the approval that stands. */
function approvedBy(appeal: Appeal): string[] {
  const last = appeal.timeline.findLastIndex((e) => e.what === 'approved')
  const found = [appeal.timeline[last]?.officer]
  const before = appeal.timeline[last - 1]
  if (before?.what === 'proposed' || before?.what === 'signed') found.push(before.officer)
  if (appeal.proposal?.verdict === 'approve') found.push(appeal.proposal.officer)
  return found.filter((id) => id !== undefined)
}

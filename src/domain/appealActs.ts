import {
  type Appeal,
  type AppealState,
  type Complaint,
  type EvidenceFile,
  isOpen,
  type TimelineEntry,
} from './appeal.ts'
import { addMonths, complaintDueOf, longestTerm, noticeBy } from './appealClock.ts'
import { appealRules } from './appealRules.ts'
import { businessDate } from './businessDate.ts'
import type { WorkingCalendar } from './calendar.ts'
import { waitingState } from './decision.ts'
import type { Instant, IsoDate } from './fact.ts'
import { may, type Officer } from './officer.ts'
import type { Policy } from './policy.ts'
import { done, type Outcome, refused } from './problem.ts'

/** What happens to an appeal beside its decision: prolonging, handing over, withdrawal, answers, complaints. All pure. */

/** What an act changes, and what the time line says of it. */
export interface AppealChange {
  readonly change: Partial<
    Pick<
      Appeal,
      | 'state'
      | 'lease'
      | 'hearingAt'
      | 'proposal'
      | 'dueAt'
      | 'evidence'
      | 'complaint'
      | 'assignedTo'
      | 'notBy'
      | 'revocation'
    >
  >
  readonly entry: TimelineEntry
}

export interface ActContext {
  readonly policy: Policy
  readonly calendar: WorkingCalendar
  readonly now: Instant
}

const isHolder = (appeal: Appeal, officer: Officer, now: Instant): boolean =>
  appeal.lease?.officer === officer.id && appeal.lease.until > now

function mustHold(appeal: Appeal, officer: Officer, now: Instant): Outcome<true> {
  if (isHolder(appeal, officer, now)) return done(true)
  return appeal.lease && appeal.lease.until > now
    ? refused('appeal-claimed-by-other', { appeal: appeal.id, officer: appeal.lease.officer })
    : refused('appeal-not-claimed', { appeal: appeal.id })
}

const closed = (appeal: Appeal) => refused('appeal-closed', { appeal: appeal.id, state: appeal.state })

/** Prolongs the term by a reasoned decision, to two months after receipt at most; the applicant is told (art. 76). */
export function prolong(
  appeal: Appeal,
  officer: Officer,
  ask: { readonly until: IsoDate; readonly note: string; readonly internal: string },
  c: ActContext,
): Outcome<AppealChange> {
  const role = may(officer, 'decide')
  if (!role.ok) return role
  if (!isOpen(appeal.state)) return closed(appeal)
  const held = mustHold(appeal, officer, c.now)
  if (!held.ok) return held
  if (ask.note.trim() === '') return refused('reason-missing', { appeal: appeal.id })
  const most = longestTerm(appeal.complaint?.at ?? appeal.receivedAt, c.policy)
  if (ask.until <= appeal.dueAt || ask.until > most)
    return refused('term-unusable', { appeal: appeal.id, date: ask.until, from: appeal.dueAt, to: most })
  if (businessDate(c.now) > appeal.dueAt) return refused('term-over', { appeal: appeal.id, date: appeal.dueAt })
  return done({
    change: { dueAt: ask.until },
    entry: {
      at: c.now,
      what: 'prolonged',
      officer: officer.id,
      note: ask.note,
      ...(ask.internal ? { internal: ask.internal } : {}),
      until: ask.until,
      noticeBy: noticeBy(c.now, c.policy, c.calendar),
    },
  })
}

/** Gives a claimed appeal to a named colleague; nobody else is given it. */
export function handOver(
  appeal: Appeal,
  officer: Officer,
  to: Officer,
  note: string,
  now: Instant,
): Outcome<AppealChange> {
  const held = mustHold(appeal, officer, now)
  if (!held.ok) return held
  const able = takes(appeal, to)
  if (!able.ok) return able
  return done({
    change: { state: waitingState(appeal), lease: null, assignedTo: to.id },
    entry: { at: now, what: 'handed-over', officer: officer.id, to: to.id, internal: note },
  })
}

/** A supervisor gives an appeal to an officer or, with null, back to the queue; a running lease ends with it. */
export function assign(
  appeal: Appeal,
  supervisor: Officer,
  to: Officer | null,
  reason: string,
  now: Instant,
): Outcome<AppealChange> {
  const role = may(supervisor, 'supervise')
  if (!role.ok) return role
  if (!isOpen(appeal.state) || appeal.state === 'awaiting-signature') return closed(appeal)
  const able = to ? takes(appeal, to) : done(true)
  if (!able.ok) return able
  if (reason.trim() === '') return refused('reason-missing', { appeal: appeal.id })
  return done({
    change: {
      state: appeal.state === 'claimed' ? waitingState(appeal) : appeal.state,
      lease: null,
      assignedTo: to?.id ?? null,
    },
    entry: { at: now, what: 'assigned', officer: supervisor.id, internal: reason, ...(to ? { to: to.id } : {}) },
  })
}

function takes(appeal: Appeal, to: Officer): Outcome<true> {
  const role = may(to, 'claim')
  if (!role.ok) return role
  return appeal.notBy?.includes(to.id) ? refused('own-act', { officer: to.id }) : done(true)
}

/** The applicant takes his appeal back; `officer` null when he did it himself. */
export function withdraw(appeal: Appeal, officer: Officer | null, note: string, now: Instant): Outcome<AppealChange> {
  if (officer) {
    const role = may(officer, 'decide')
    if (!role.ok) return role
  }
  if (!isOpen(appeal.state)) return closed(appeal)
  return done({
    change: { state: 'withdrawn', lease: null, proposal: null, assignedTo: null },
    entry: { at: now, what: 'withdrawn', note, ...(officer ? { officer: officer.id } : {}) },
  })
}

/** Decisions that can be taken back by a record of their own. An approval is listed and takes two officers (revocation.ts). */
const REVOCABLE: readonly AppealState[] = ['asked', 'preliminary', 'rejected', 'referred']

/** The officer who decided takes his decision back, with a reason, and the appeal waits again; the record of both stays. */
export function revoke(appeal: Appeal, officer: Officer, note: string, now: Instant): Outcome<AppealChange> {
  const role = may(officer, 'decide')
  if (!role.ok) return role
  if (!REVOCABLE.includes(appeal.state)) return closed(appeal)
  const by = decidedBy(appeal)
  if (by !== officer.id) return refused('decision-of-other', { appeal: appeal.id, officer: by ?? '' })
  if (note.trim() === '') return refused('reason-missing', { appeal: appeal.id })
  // what was final after a hearing is preliminary again; a first step is as if it had not been
  const hearingAt = appeal.state === 'preliminary' ? null : appeal.hearingAt
  return done({
    change: { state: waitingState({ hearingAt }), hearingAt, lease: null },
    entry: { at: now, what: 'revoked', officer: officer.id, note },
  })
}

const DECIDING: readonly TimelineEntry['what'][] = ['asked', 'preliminary', 'rejected', 'referred', 'approved']
const lastDecision = (appeal: Appeal): TimelineEntry | undefined =>
  appeal.timeline.findLast((e) => DECIDING.includes(e.what))
const decidedBy = (appeal: Appeal): string | undefined => lastDecision(appeal)?.officer

/** The applicant answers a question: words, papers, or both. The appeal waits again, for who asked. */
export function answer(
  appeal: Appeal,
  given: { readonly note: string; readonly evidence: readonly EvidenceFile[] },
  now: Instant,
): Outcome<AppealChange> {
  if (appeal.state !== 'asked') return closed(appeal)
  if (given.note.trim() === '' && given.evidence.length === 0) return refused('reason-missing', { appeal: appeal.id })
  return done({
    change: { state: waitingState(appeal), evidence: [...appeal.evidence, ...given.evidence], lease: null },
    entry: { at: now, what: 'answered', note: given.note },
  })
}

/** States a complaint can be about. */
const COMPLAINED_OF: readonly AppealState[] = ['rejected', 'referred']

/**
 * A complaint against a decision opens a new round: 20 working days, decided and signed by nobody who had a part in the decision. The
 * hold of a block lasts on, since the appeal is open again (unverified in law: domain.md).
 */
export function complain(
  appeal: Appeal,
  said: { readonly text: string; readonly officer: Officer | null },
  c: ActContext,
): Outcome<AppealChange> {
  if (!COMPLAINED_OF.includes(appeal.state) || appeal.complaint) return closed(appeal)
  if (said.text.trim() === '') return refused('reason-missing', { appeal: appeal.id })
  const decided = lastDecision(appeal)?.at ?? appeal.receivedAt
  const last = addMonths(businessDate(decided), appealRules(c.policy).complaintMonths)
  if (businessDate(c.now) > last) return refused('complaint-too-late', { appeal: appeal.id, date: last })
  const complaint: Complaint = { at: c.now, text: said.text, against: appeal.state }
  const dueAt = complaintDueOf(c.now, c.policy, c.calendar)
  const notBy = new Set(appeal.timeline.filter((e) => DECIDING.includes(e.what)).map((e) => e.officer ?? ''))
  for (const e of appeal.timeline) if (e.what === 'proposed' || e.what === 'signed') notBy.add(e.officer ?? '')
  notBy.delete('')
  return done({
    change: {
      state: 'received',
      lease: null,
      hearingAt: null,
      proposal: null,
      assignedTo: null,
      dueAt,
      complaint,
      notBy: [...notBy].sort(),
    },
    entry: {
      at: c.now,
      what: 'complained',
      note: said.text,
      until: dueAt,
      ...(said.officer ? { officer: said.officer.id } : {}),
    },
  })
}

import {
  type Appeal,
  type AppealState,
  type Decision,
  isOpen,
  mandatoryFields,
  type SecondReason,
  type TimelineEntry,
} from './appeal.ts'
import { noticeBy } from './appealClock.ts'
import { businessDate } from './businessDate.ts'
import { addWorkingDays, type WorkingCalendar } from './calendar.ts'
import type { Instant, IsoDate } from './fact.ts'
import { may, maySign, type Officer } from './officer.ts'
import type { Policy } from './policy.ts'
import { done, type Outcome, refused } from './problem.ts'

/** A listing of one of the device's IMEIs that another body owns. */
export interface ForeignListing {
  readonly imei: string
  readonly owner: string
  readonly reason: string
}

/** All a decision depends on, gathered beforehand. */
export interface DecisionContext {
  readonly policy: Policy
  readonly calendar: WorkingCalendar
  readonly now: Instant
  /** Why an approval waits for a second officer (`secondReasons`); empty when it does not. */
  readonly second: readonly SecondReason[]
  readonly foreign: readonly ForeignListing[]
}

/** What changes in the appeal; `listed` tells that the fact `appeal-approved` is to be written. */
export interface Decided {
  readonly state: AppealState
  readonly proposal: Decision | null
  readonly hearingAt: IsoDate | null
  readonly listed: boolean
  readonly entry: TimelineEntry
}

/** State of an appeal that waits for an officer; a preliminary refusal stays one: its hearing is known to the applicant. */
export const waitingState = (appeal: Pick<Appeal, 'hearingAt'>): AppealState =>
  appeal.hearingAt === null ? 'received' : 'preliminary'

/** Officers who had a part in what a complaint is against decide and sign nothing in its round. */
const hadPart = (appeal: Appeal, officer: Officer): Outcome<true> =>
  appeal.notBy?.includes(officer.id) ? refused('own-act', { officer: officer.id }) : done(true)

/** Whether this officer may claim the appeal now; a lease that ran out binds nobody. */
export function canClaim(appeal: Appeal, officer: Officer, now: Instant): Outcome<true> {
  const role = may(officer, 'claim')
  if (!role.ok) return role
  if (!isOpen(appeal.state) || appeal.state === 'awaiting-signature')
    return refused('appeal-closed', { appeal: appeal.id, state: appeal.state })
  if (appeal.lease && appeal.lease.officer !== officer.id && appeal.lease.until > now)
    return refused('appeal-claimed-by-other', { appeal: appeal.id, officer: appeal.lease.officer })
  if (appeal.assignedTo && appeal.assignedTo !== officer.id)
    return refused('appeal-claimed-by-other', { appeal: appeal.id, officer: appeal.assignedTo })
  return hadPart(appeal, officer)
}

/** Decides an appeal: the state that follows, or why not. Roles, lease, mandatory fields, reasons, hearing, second signature. */
export function decide(appeal: Appeal, d: Decision, officer: Officer, c: DecisionContext): Outcome<Decided> {
  const role = may(officer, 'decide')
  if (!role.ok) return role
  const ready = checkDecidable(appeal, d, officer, c)
  if (!ready.ok) return ready
  const entry = (what: TimelineEntry['what']): TimelineEntry => ({
    at: c.now,
    what,
    officer: officer.id,
    reasons: d.reasons,
    note: d.note,
    ...(d.internal ? { internal: d.internal } : {}),
  })
  const keep = { proposal: null, hearingAt: appeal.hearingAt, listed: false }
  switch (d.verdict) {
    case 'approve':
      return done(
        c.second.length > 0
          ? {
              ...keep,
              state: 'awaiting-signature',
              proposal: { ...d, because: c.second },
              entry: { ...entry('proposed'), because: c.second },
            }
          : { ...keep, state: 'approved', listed: true, entry: entry('approved') },
      )
    case 'ask':
      return done({ ...keep, state: 'asked', entry: { ...entry('asked'), ...(d.item ? { item: d.item } : {}) } })
    case 'refer': {
      const passed = { ...entry('referred'), noticeBy: noticeBy(c.now, c.policy, c.calendar) }
      return done({ ...keep, state: 'referred', entry: d.body ? { ...passed, body: d.body } : passed })
    }
    case 'reject': {
      const today = businessDate(c.now)
      if (appeal.hearingAt === null && appeal.complaint?.against !== 'rejected') {
        const hearingAt = addWorkingDays(today, c.policy.appeal.hearingNoticeWorkingDays, c.calendar)
        return done({ ...keep, state: 'preliminary', hearingAt, entry: { ...entry('preliminary'), until: hearingAt } })
      }
      // a complaint against a refusal was heard before the refusal
      if (appeal.hearingAt !== null && today < appeal.hearingAt)
        return refused('hearing-too-early', { appeal: appeal.id, date: appeal.hearingAt })
      return done({ ...keep, state: 'rejected', entry: entry('rejected') })
    }
  }
}

function checkDecidable(appeal: Appeal, d: Decision, officer: Officer, c: DecisionContext): Outcome<true> {
  if (!isOpen(appeal.state) || appeal.state === 'awaiting-signature')
    return refused('appeal-closed', { appeal: appeal.id, state: appeal.state })
  if (!appeal.lease || appeal.lease.until <= c.now) return refused('appeal-not-claimed', { appeal: appeal.id })
  if (appeal.lease.officer !== officer.id)
    return refused('appeal-claimed-by-other', { appeal: appeal.id, officer: appeal.lease.officer })
  const free = hadPart(appeal, officer)
  if (!free.ok) return free
  if (d.verdict !== 'approve')
    return d.reasons.length > 0 ? done(true) : refused('reason-missing', { appeal: appeal.id })
  const unseen = mandatoryFields(appeal.route, appeal.claim.imeis.length).filter((f) => d.fields[f] === undefined)
  if (unseen.length > 0) return refused('field-unseen', { appeal: appeal.id, fields: unseen.join(', ') })
  const against = Object.entries(d.fields).filter(([, v]) => v === 'contradict')
  if (against.length > 0)
    return refused('fields-contradict', { appeal: appeal.id, fields: against.map(([f]) => f).join(', ') })
  const foreign = c.foreign[0]
  if (foreign) return refused('owner-other-body', { imei: foreign.imei, owner: foreign.owner, reason: foreign.reason })
  return done(true)
}

/** Second signature of a proposed approval. `agrees: false` sends it back to the queue. */
export function signAppeal(
  appeal: Appeal,
  officer: Officer,
  agrees: boolean,
  c: Pick<DecisionContext, 'now' | 'foreign'>,
): Outcome<Decided> {
  if (appeal.state !== 'awaiting-signature' || !appeal.proposal)
    return refused('nothing-to-sign', { id: appeal.id, state: appeal.state })
  const role = maySign(officer, [appeal.proposal.officer, ...(appeal.notBy ?? [])], [])
  if (!role.ok) return role
  const entry = { at: c.now, officer: officer.id }
  if (!agrees)
    return done({
      state: waitingState(appeal),
      proposal: null,
      hearingAt: appeal.hearingAt,
      listed: false,
      entry: { ...entry, what: 'sent-back' },
    })
  const foreign = c.foreign[0]
  if (foreign) return refused('owner-other-body', { imei: foreign.imei, owner: foreign.owner, reason: foreign.reason })
  return done({
    state: 'approved',
    proposal: appeal.proposal,
    hearingAt: appeal.hearingAt,
    listed: true,
    entry: { ...entry, what: 'approved' },
  })
}

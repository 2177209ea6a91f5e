import { type Appeal, type AppealState, isOpen, type TimelineEntry } from '../../domain/appeal.ts'
import { type AppealChange, answer, complain, withdraw } from '../../domain/appealActs.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { namedApart } from '../../domain/evidence/namedApart.ts'
import type { Instant } from '../../domain/fact.ts'
import { type Outcome, ProblemError, trouble } from '../../domain/problem.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { writeChange } from '../db/appeal/change.ts'
import { hasAccess } from '../db/appeal/intake.ts'
import { addAnswered, appealById, appealForUpdate } from '../db/appeal/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { record } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { type Tx, transaction } from '../db/transaction.ts'
import type { ApplicantAct, ApplicantStep, ApplicantView } from './applicantView.ts'
import { checkedFiles, secretHash } from './receiveAppeal.ts'

/** Number and secret, as they stood on the page after filing. */
export interface Access {
  readonly id: string
  readonly secret: string
}

/** What the applicant may know of his appeal. @throws ProblemError `appeal-secret-wrong`, also when there is no such appeal */
export async function followAppeal(db: Database, access: Access): Promise<ApplicantView> {
  await mustHaveAccess(db, access)
  const appeal = await appealById(db, access.id)
  if (!appeal) throw trouble('appeal-secret-wrong', {})
  return viewOf(appeal)
}

/**
 * The applicant answers a question, withdraws, or complains.
 * @throws ProblemError `appeal-secret-wrong` and what the domain refuses
 */
export async function applicantActs(
  db: Database,
  blobs: BlobStore,
  access: Access,
  act: ApplicantAct,
  now: Instant,
): Promise<ApplicantView> {
  await mustHaveAccess(db, access)
  const given = act.do === 'answer' ? { ...act, evidence: await checkedFiles(blobs, act.evidence) } : act
  return transaction(db, async (tx) => {
    const found = await appealForUpdate(tx, access.id)
    if (!found) throw trouble('appeal-secret-wrong', {})
    const { appeal, lastToken } = found
    const outcome = await judged(tx, appeal, given, now)
    if (!outcome.ok) throw new ProblemError(outcome.problem)
    const { change, entry } = outcome.value
    const { after, event } = await writeChange(tx, appeal, change, entry, { lastToken, command: '' })
    await addAnswered(tx, appeal.id, after.evidence.slice(appeal.evidence.length))
    const audit = { officer: '', desk: '', act: `${given.do}-appeal`, subject: appeal.id }
    await record(tx, now, [{ type: 'appeal-changed', doc: event }], [audit])
    return viewOf(after)
  })
}

async function judged(tx: Tx, appeal: Appeal, act: ApplicantAct, now: Instant): Promise<Outcome<AppealChange>> {
  if (act.do === 'withdraw') return withdraw(appeal, null, act.note, now)
  if (act.do === 'complain') {
    const policy = await currentPolicy(tx)
    return complain(appeal, { text: act.note, officer: null }, { policy, calendar: calendarOf(policy), now })
  }
  return answer(appeal, { note: act.note, evidence: namedApart(act.evidence, appeal.evidence) }, now)
}

async function mustHaveAccess(db: Database, { id, secret }: Access): Promise<void> {
  if (!(await hasAccess(db, id, secretHash(secret)))) throw trouble('appeal-secret-wrong', {})
}

/** Steps that are the office's own affair. */
const INNER: readonly TimelineEntry['what'][] = [
  'claimed',
  'returned',
  'handed-over',
  'assigned',
  'proposed',
  'signed',
  'sent-back',
  'revocation-proposed',
  'revocation-dropped',
]
/** What is being worked on looks the same from outside, whoever holds it. */
const OUTER: Partial<Record<AppealState, AppealState>> = { claimed: 'received', 'awaiting-signature': 'received' }

function viewOf(appeal: Appeal): ApplicantView {
  const steps = appeal.timeline
    .filter((e) => !INNER.includes(e.what))
    .map(
      ({ at, what, reasons, note, item, body, until, letter }): ApplicantStep => ({
        at,
        what,
        reasons: reasons ?? [],
        note: note ?? '',
        item: item ?? null,
        body: body ?? null,
        until: until ?? null,
        letter: letter ?? null,
      }),
    )
  const { id, state, route, receivedAt, dueAt, hearingAt, claim } = appeal
  return {
    ...{ id, route, receivedAt, dueAt, hearingAt, steps },
    state: state === 'claimed' && hearingAt !== null ? 'preliminary' : (OUTER[state] ?? state),
    imeis: claim.imeis,
    can: {
      answer: state === 'asked',
      withdraw: isOpen(state),
      complain: (state === 'rejected' || state === 'referred') && !appeal.complaint,
    },
  }
}

import i18next from 'i18next'
import type { Draft } from '../../contract/engine/appeal.ts'
import type { Verdict } from '../../domain/appeal.ts'
import { closeNotice, notifyProblem, notifyUndoable } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { painted } from './painted.ts'

/** Seconds for which a decision can be taken back before it leaves the desk. */
export const HOLD_SECONDS = 10

interface Held {
  readonly held: string
  readonly appeal: string
  readonly notice: string
  readonly until: number
}

let decisions: readonly Held[] = []

interface Submitted {
  readonly appeal: string
  readonly version: number
  readonly verdict: Verdict
  readonly draft: Draft
  /** A refusal is preliminary as long as there was no hearing. */
  readonly hearing: boolean
  /** Shows the appeal again after the decision was taken back. */
  readonly reopen: (appeal: string) => void
}

let submitting: Promise<void> | null = null

/**
 * Submits a decision, held for ten seconds, once what is being put on the screen was painted: the engine's work must not hold up the
 * next appeal. Throws ProblemError when the engine refuses it.
 */
export async function submitHeld(submitted: Submitted): Promise<void> {
  const submission = painted().then(() => submit(submitted))
  const over = submission
    .catch(() => undefined)
    .then(() => {
      if (submitting === over) submitting = null
    })
  submitting = over
  await submission
}

async function submit({ appeal, version, verdict, draft, hearing, reopen }: Submitted): Promise<void> {
  const { fields, reasons, note, internal, item, body } = draft
  const { held } = await engine.call('decide-appeal', {
    id: appeal,
    version,
    verdict,
    fields,
    reasons: [...reasons],
    note,
    internal,
    item,
    body,
    holdSeconds: HOLD_SECONDS,
  })
  if (held === null) return
  const decided = verdict === 'reject' && !hearing ? 'preliminary' : verdict
  const message = i18next.t('appeals:held', { appeal, verdict: i18next.t(`appeals:held-verdict.${decided}`) })
  const notice = notifyUndoable(message, HOLD_SECONDS, () => void takeBack(held, reopen))
  decisions = [...decisions, { held, appeal, notice, until: Date.now() + HOLD_SECONDS * 1000 }]
}

/** Takes back the latest decision that is still held, or on its way to be; answers whether there is one. */
export function takeBackLatest(reopen: (appeal: string) => void): boolean {
  if (submitting) {
    void submitting.then(() => takeBackLatest(reopen))
    return true
  }
  const latest = decisions.findLast(({ until }) => until > Date.now())
  if (latest) void takeBack(latest.held, reopen)
  return latest !== undefined
}

async function takeBack(held: string, reopen: (appeal: string) => void): Promise<void> {
  const taken = decisions.find((decision) => decision.held === held)
  decisions = decisions.filter((decision) => decision.held !== held)
  if (taken) closeNotice(taken.notice)
  try {
    const { appeal } = await engine.call('take-back', { held })
    reopen(appeal)
  } catch (error) {
    notifyProblem(error)
  }
}

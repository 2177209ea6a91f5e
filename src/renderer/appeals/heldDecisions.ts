import i18next from 'i18next'
import type { Draft } from '../../contract/engine/appeal.ts'
import type { Verdict } from '../../domain/appeal.ts'
import { closeNotice, notifyDone, notifyProblem, notifyUndoable } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { painted } from './painted.ts'
import { stayHere } from './turn.ts'

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
  /** An approval is only proposed where a second officer signs. */
  readonly second: boolean
  /** Shows the appeal again after the decision was taken back. */
  readonly reopen: (appeal: string) => void
}

/** Decisions on their way to be held, the latest last: each comes to the one held, or to null when it came to nothing. */
const onTheirWay: Promise<string | null>[] = []

/**
 * Tells that a decision begins to be taken: from now on the key that takes back means this one, not one before it. The answered
 * function is to be told what is held, or null when it came to nothing.
 */
export function announceDecision(): (held: string | null) => void {
  const { promise, resolve } = Promise.withResolvers<string | null>()
  onTheirWay.push(promise)
  return (held) => {
    if (onTheirWay.includes(promise)) onTheirWay.splice(onTheirWay.indexOf(promise), 1)
    resolve(held)
  }
}

/**
 * Submits a decision, held for ten seconds, once what is being put on the screen was painted: the engine's work must not hold up the
 * next appeal. Answers what is held, null when it cannot be taken back. Throws ProblemError when the engine refuses it.
 */
export async function submitHeld(submitted: Submitted): Promise<string | null> {
  await painted()
  return submit(submitted)
}

async function submit({ appeal, version, verdict, draft, hearing, second, reopen }: Submitted): Promise<string | null> {
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
  if (held === null) return null
  const decided =
    verdict === 'reject' && !hearing ? 'preliminary' : verdict === 'approve' && second ? 'proposed' : verdict
  const message = i18next.t('appeals:held', { appeal, verdict: i18next.t(`appeals:held-verdict.${decided}`) })
  const notice = notifyUndoable(message, HOLD_SECONDS, () => void takeBack(held, reopen))
  decisions = [...decisions, { held, appeal, notice, until: Date.now() + HOLD_SECONDS * 1000 }]
  return held
}

/** Takes back the latest decision that is still held, or on its way to be; answers whether there is one. */
export function takeBackLatest(reopen: (appeal: string) => void): boolean {
  const coming = onTheirWay.pop()
  if (coming) {
    // one that was refused is on the screen again by itself
    void coming.then((held) => (held === null ? undefined : takeBack(held, reopen)))
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
    stayHere()
    reopen(appeal)
    notifyDone(i18next.t('appeals:taken-back', { appeal }))
  } catch (error) {
    notifyProblem(error)
  }
}

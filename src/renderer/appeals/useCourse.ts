import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppealWhole, Draft } from '../../contract/engine/appeal.ts'
import type { Verdict } from '../../domain/appeal.ts'
import type { ProblemCode } from '../../domain/problem.ts'
import { notifyDone, notifyProblem } from '../app/notify.tsx'
import { problemOf } from '../app/problems.ts'
import { engine, queryClient, reading } from '../app/queries.ts'
import { isOnline } from '../app/session.ts'
import { announceDecision, submitHeld } from './heldDecisions.ts'
import { endsWithin } from './ownLease.ts'
import { painted } from './painted.ts'
import type { ReviewMode } from './reviewMode.ts'
import { claimSettled, showNextToSign, takeNext } from './turn.ts'

/** Problems that mean another officer was first. */
const LOST: readonly ProblemCode[] = ['appeal-changed', 'appeal-claimed-by-other', 'appeal-closed']

const NOTHING_TO_SETTLE = (): Promise<void> => Promise.resolve()

/** Work that is over sooner is not shown: the next appeal mostly stands there before. */
const BUSY_AFTER_MS = 150

export interface Course {
  readonly busy: boolean
  /** Another officer was first when this one submitted. */
  readonly lost: boolean
  /** Submits and goes on to the next; `save` settles the draft first; `instead`: the refused command that this one stands in for. */
  readonly submit: (verdict: Verdict, draft: Draft, save: () => Promise<void>, instead: string | null) => Promise<void>
  readonly take: () => void
  readonly next: () => void
  readonly skip: (reason: string, save: () => Promise<void>) => Promise<void>
  /** Drops the own draft, and the refused command that carried it. */
  readonly acceptTheirs: (refused: string | null) => Promise<void>
}

/** What the officer does with the appeal as a whole, and the way to the next one. */
export function useCourse(appeal: AppealWhole, mode: ReviewMode): Course {
  const { t } = useTranslation('appeals')
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const working = useRef(false)
  /** A claim asked for here; the feed may bring its event, and with it the keys of a decision, before its answer. */
  const taking = useRef<Promise<void>>(undefined)
  const [lost, setLost] = useState(false)
  const { id } = appeal
  const show = (next: string, instead = false): void =>
    void navigate({ to: '/appeals/$id', params: { id: next }, replace: instead })

  async function busily(work: () => Promise<void>): Promise<void> {
    if (working.current) return
    working.current = true
    const slow = setTimeout(() => setBusy(true), BUSY_AFTER_MS)
    try {
      await work()
    } catch (error) {
      const { code } = problemOf(error)
      if (code === 'appeal-none-waiting') {
        notifyDone(t('queue-empty'))
        await navigate({ to: '/' })
      } else {
        notifyProblem(error)
        if (LOST.includes(code)) {
          setLost(true)
          await queryClient.invalidateQueries({ queryKey: reading('appeal', { id }).queryKey })
        }
      }
    } finally {
      clearTimeout(slow)
      working.current = false
      setBusy(false)
    }
  }
  async function goOn(): Promise<void> {
    if (mode !== 'sign') return takeNext(id, show, NOTHING_TO_SETTLE)
    if (!(await showNextToSign(id, show))) {
      notifyDone(t('nothing-to-sign'))
      await navigate({ to: '/' })
    }
  }
  async function decide(verdict: Verdict, draft: Draft, instead: string | null): Promise<void> {
    const told = announceDecision()
    try {
      await taking.current
      await busily(async () => {
        await claimSettled()
        const hearing = appeal.hearingAt !== null
        const second = appeal.second.length > 0
        await takeNext(id, show, async () => {
          const version = await versionToDecide(appeal)
          if (instead !== null) await engine.call('dismiss-refused', { id: instead })
          told(await submitHeld({ appeal: id, version, verdict, draft, hearing, second, reopen: show }))
        })
      })
    } finally {
      told(null)
    }
  }
  async function sign(verdict: Verdict, draft: Draft, save: () => Promise<void>): Promise<void> {
    await taking.current
    await busily(async () => {
      await save()
      await engine.call('sign', { id, agrees: verdict === 'approve', note: draft.note })
      await engine.call('save-draft', { id, draft: null })
      notifyDone(t(verdict === 'approve' ? 'sign.signed' : 'sign.sent-back', { appeal: id }))
      await goOn()
    })
  }
  return {
    busy,
    lost,
    submit: (verdict, draft, save, instead) =>
      mode === 'decide' ? decide(verdict, draft, instead) : sign(verdict, draft, save),
    take: () => {
      taking.current = busily(async () => void (await engine.call('claim-appeal', { id })))
    },
    next: () => void busily(goOn),
    skip: (reason, save) =>
      busily(async () => {
        await save()
        await takeNext(id, show, async () => {
          await painted()
          await engine.call('return-appeal', { id, reason })
        })
      }),
    acceptTheirs: (refused) =>
      busily(async () => {
        if (refused !== null) await engine.call('dismiss-refused', { id: refused })
        await engine.call('save-draft', { id, draft: null })
        await goOn()
      }),
  }
}

/** The decision is held for some seconds before it leaves; by then the time for the appeal must not be over. */
const LEFT_TO_DECIDE_MS = 60_000

/**
 * The version a decision is about. Where the officer's time is over, or may be before the registry hears of it, he takes the appeal once
 * more: unless another has it by then, the decision counts.
 */
async function versionToDecide(appeal: AppealWhole): Promise<number> {
  const { id } = appeal
  const seen = queryClient.getQueryData<AppealWhole>(reading('appeal', { id }).queryKey) ?? appeal
  // a claim that waits itself (without a token yet) goes out before the decision anyway
  const mayLapse = !isOnline() && seen.lease !== null && seen.lease.token !== 0
  if (!mayLapse && !endsWithin(seen.lease, Date.now(), LEFT_TO_DECIDE_MS)) return versionNow(appeal)
  await engine.call('claim-appeal', { id })
  return (await engine.call('appeal', { id })).version
}

/** The version on screen; after an optimistic claim the mirror's, which only the own claim has moved. */
function versionNow(appeal: AppealWhole): number {
  const seen = queryClient.getQueryData<AppealWhole>(reading('appeal', { id: appeal.id }).queryKey)
  return seen?.version ?? appeal.version
}

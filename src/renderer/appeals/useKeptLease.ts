import { useEffect } from 'react'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { notifyProblem } from '../app/notify.tsx'
import { engine } from '../app/queries.ts'
import { isOnline } from '../app/session.ts'
import { endsWithin } from './ownLease.ts'
import type { ReviewMode } from './reviewMode.ts'

/** An officer at work takes his appeal again when less than this is left of his time. */
const RENEWED_BELOW_MS = 10 * 60_000

/** When this window last took an appeal again: a clock that is off must not do it with every key. */
const renewed = new Map<string, number>()

/**
 * Whoever goes on judging keeps his appeal: close to the end of his time, or after it, what he does takes it again. One who only has it
 * open does not, so that it goes to others in the end.
 */
export function useKeptLease({ id, lease }: AppealWhole, mode: ReviewMode, edits: number): void {
  useEffect(() => {
    if (edits === 0 || mode !== 'decide' || !isOnline()) return
    const now = Date.now()
    if (!endsWithin(lease, now, RENEWED_BELOW_MS) || now - (renewed.get(id) ?? 0) < RENEWED_BELOW_MS) return
    renewed.set(id, now)
    engine.call('claim-appeal', { id }).catch(notifyProblem)
  }, [edits, mode, id, lease])
}

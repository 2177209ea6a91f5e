import { useEffect, useReducer, useRef, useState } from 'react'
import type { AppealWhole } from '../../contract/engine/appeal.ts'
import { notifyProblem } from '../app/notify.tsx'
import { engine, queryClient, reading } from '../app/queries.ts'
import { beginReview, draftOf, isEmptyDraft, type ReviewAct, type ReviewState, review } from './reviewState.ts'

/** A change is on the disk well within a second of it. */
const SAVE_AFTER_MS = 300

export interface Review {
  readonly state: ReviewState
  readonly act: (act: ReviewAct) => void
  /** `saved` once the engine has the latest change on disk. */
  readonly saving: 'untouched' | 'waiting' | 'saved'
  /** Saves at once what is not saved yet; to be awaited before the appeal is left. */
  readonly save: () => Promise<void>
}

/** The officer's work on one appeal: its state, and its draft saved as he goes. */
export function useReview(appeal: AppealWhole, mayEdit: boolean): Review {
  const [state, act] = useReducer(review, appeal, beginReview)
  const [begun, setBegun] = useState(appeal)
  if (begun.draft !== appeal.draft || begun.comparison !== appeal.comparison) {
    setBegun(appeal)
    act({ do: 'renew', appeal })
  }
  const [savedEdits, setSavedEdits] = useState(0)
  const latest = useRef({ state, saved: 0 })
  latest.current.state = state
  const { id } = appeal
  const save = async (): Promise<void> => {
    const { state: now, saved } = latest.current
    if (!mayEdit || now.edits === saved) return
    latest.current.saved = now.edits
    const draft = isEmptyDraft(draftOf(now)) ? null : draftOf(now)
    // the appeal may come back on screen from what was read before
    queryClient.setQueryData(reading('appeal', { id }).queryKey, (known) => known && { ...known, draft })
    try {
      await engine.call('save-draft', { id, draft })
      setSavedEdits(now.edits)
    } catch (error) {
      latest.current.saved = saved
      notifyProblem(error)
    }
  }
  const saveLatest = useRef(save)
  saveLatest.current = save
  // biome-ignore lint/correctness/useExhaustiveDependencies: each edit starts the clock anew
  useEffect(() => {
    const timer = setTimeout(() => void saveLatest.current(), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [state.edits])
  useEffect(() => () => void saveLatest.current(), [])
  const saving = state.edits === 0 ? 'untouched' : savedEdits === state.edits ? 'saved' : 'waiting'
  return { state, act, saving, save: () => saveLatest.current() }
}

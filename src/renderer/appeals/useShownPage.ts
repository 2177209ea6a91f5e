import { type ActionDispatch, useReducer, useState } from 'react'
import type { ClaimField, EvidenceFile } from '../../domain/appeal.ts'
import { pageFor, type Readings } from './regions.ts'
import { FIRST_LOOK, look, type ViewerAct, type ViewerState } from './viewerState.ts'

/**
 * How the papers are looked at: going to a field turns to the paper that shows it, drawn together with the field, so that the key costs
 * one drawing. What is read later turns no page under the officer's eyes; while `ahead`, nobody looks yet.
 */
export function useShownPage(
  field: ClaimField | null,
  files: readonly EvidenceFile[],
  readings: Readings,
  ahead: boolean,
): readonly [ViewerState, ActionDispatch<[ViewerAct]>] {
  const turn = (): ViewerAct | null => {
    const page = field === null ? null : pageFor(field, files, readings)
    return page && { do: 'file', to: page.file, page: page.page }
  }
  const [view, see] = useReducer(look, FIRST_LOOK, (first) => {
    const to = turn()
    return to ? look(first, to) : first
  })
  const [at, setAt] = useState({ field, files, readings })
  if (at.field !== field || at.files !== files || (ahead && at.readings !== readings)) {
    setAt({ field, files, readings })
    const to = turn()
    if (to) see(to)
  }
  return [view, see]
}

import { useEffect, useMemo, useRef, useState } from 'react'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { ProblemError } from '../../domain/problem.ts'
import { type DrawnPage, drawnPage, openPage } from './evidence.ts'
import type { Picture } from './picture.ts'

export type Shown =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly picture: Picture; readonly pages: number }
  /** Fetched but not drawable: damaged, or of a kind the window cannot draw. */
  | { readonly state: 'undrawable' }
  | { readonly state: 'failed'; readonly error: ProblemError }

const LOADING: Shown = { state: 'loading' }
/** What was on screen stays there for so long; longer would look as if the key had done nothing. */
const PATIENCE_MS = 80

const ready = (page: DrawnPage): Shown => ({ state: 'ready', ...page })

/**
 * A page of an evidence file as a picture; `again` after a failure. A page made ready before is answered at once, so that the key that
 * turns to it shows it in the frame that it belongs to.
 */
export function usePicture(appeal: string, file: EvidenceFile | undefined, at: number): readonly [Shown, () => void] {
  const [tries, setTries] = useState(0)
  const asked = `${file?.sha256} ${at} ${tries}`
  const [came, setCame] = useState({ asked, shown: LOADING })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for says it all
  const held = useMemo(() => {
    const page = file && drawnPage(file, at)
    return page ? ready(page) : null
  }, [asked])
  const before = useRef(LOADING)
  const known = held ?? (came.asked === asked ? came.shown : null)
  const shown = known ?? before.current
  // biome-ignore lint/correctness/useExhaustiveDependencies: the hash names the file; a new try asks again
  useEffect(() => {
    if (!file) return
    let gone = false
    const show = (next: Shown): void => {
      if (!gone) setCame({ asked, shown: next })
    }
    // one that is held is asked for too: it is then given up last
    const coming = openPage(appeal, file, at)
    if (held) {
      coming.catch(() => undefined)
      return
    }
    const slow = setTimeout(() => show(LOADING), PATIENCE_MS)
    coming
      .then(
        ready,
        (error: unknown): Shown =>
          error instanceof ProblemError ? { state: 'failed', error } : { state: 'undrawable' },
      )
      .then((next) => {
        clearTimeout(slow)
        show(next)
      })
    return () => {
      gone = true
      clearTimeout(slow)
    }
  }, [appeal, asked])
  useEffect(() => {
    before.current = shown
  }, [shown])
  return [shown, () => setTries((count) => count + 1)]
}

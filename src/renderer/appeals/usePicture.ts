import { useEffect, useState } from 'react'
import type { EvidenceFile } from '../../domain/appeal.ts'
import { ProblemError } from '../../domain/problem.ts'
import { openEvidence } from './evidence.ts'
import type { Picture } from './picture.ts'

export type Shown =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly picture: Picture; readonly pages: number }
  /** Fetched but not drawable: damaged, or of a kind the window cannot draw. */
  | { readonly state: 'undrawable' }
  | { readonly state: 'failed'; readonly error: ProblemError }

/** A page of an evidence file as a picture; `again` after a failure. */
export function usePicture(appeal: string, file: EvidenceFile | undefined, page: number): readonly [Shown, () => void] {
  const [shown, setShown] = useState<Shown>({ state: 'loading' })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the hash names the file; a new try asks again
  useEffect(() => {
    if (!file) return
    let gone = false
    const show = (next: Shown): void => {
      if (!gone) setShown(next)
    }
    const slow = setTimeout(() => show({ state: 'loading' }), 80)
    const load = async (): Promise<Shown> => {
      const evidence = await openEvidence(appeal, file)
      return { state: 'ready', picture: await evidence.page(page), pages: evidence.pages }
    }
    load()
      .catch(
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
  }, [appeal, file?.sha256, page, tries])
  return [shown, () => setTries((count) => count + 1)]
}

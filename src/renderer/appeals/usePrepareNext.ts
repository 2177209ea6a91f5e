import { useEffect } from 'react'
import { useSettings } from '../app/session.ts'
import { prepareNext } from './nextInLine.ts'
import type { ReviewMode } from './reviewMode.ts'
import { setPrepared } from './turn.ts'

/** Lets the present appeal settle on screen first. */
const AFTER_MS = 250

/** While an appeal is judged, the next ones are fetched with their evidence. */
export function usePrepareNext(current: string, mode: ReviewMode): void {
  const { machineHelp } = useSettings()
  const judging = mode === 'decide' || mode === 'sign'
  useEffect(() => {
    if (!judging) return
    let gone = false
    const ready = (ids: readonly string[]): void => {
      if (!gone) setPrepared(ids)
    }
    const timer = setTimeout(() => {
      prepareNext(current, mode, machineHelp, ready).catch((error: unknown) => {
        // nothing is lost: what could not be fetched ahead is fetched when it is shown
        console.warn('the next appeal could not be made ready', error)
      })
    }, AFTER_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [current, judging, mode, machineHelp])
}

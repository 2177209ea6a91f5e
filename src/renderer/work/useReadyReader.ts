import { useEffect } from 'react'
import { engine } from '../app/queries.ts'
import { useMay, useSettings } from '../app/session.ts'

/** Nobody waits for it: what the officer does first goes before. */
const AFTER_MS = 2000

/** While an officer who judges appeals looks at his work, the reader of papers is made ready: the first appeal's papers are then read at once. */
export function useReadyReader(): void {
  const { machineHelp } = useSettings()
  const judges = useMay('claim')
  const wanted = machineHelp && judges
  useEffect(() => {
    if (!wanted) return
    const timer = setTimeout(() => {
      engine.call('ready-reader', {}).catch((error: unknown) => {
        // nothing is lost: it is started with the first paper
        console.warn('the reader of papers could not be made ready', error)
      })
    }, AFTER_MS)
    return () => clearTimeout(timer)
  }, [wanted])
}

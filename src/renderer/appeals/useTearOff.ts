import { useCallback, useEffect } from 'react'
import { notifyProblem } from '../app/notify.tsx'
import { shell } from '../app/shell.ts'

/** Opens the papers in a window of their own; once open, it follows from appeal to appeal. */
export function useTearOff(appeal: string): () => void {
  useEffect(() => {
    shell('papers-window', { appeal, open: false }).catch(notifyProblem)
  }, [appeal])
  return useCallback(() => {
    shell('papers-window', { appeal, open: true }).catch(notifyProblem)
  }, [appeal])
}

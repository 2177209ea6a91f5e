import { useEffect } from 'react'
import { fetchQueueAhead } from '../app/appealPages.ts'

/** A window that is never idle fetches it all the same. */
const PATIENCE_MS = 1500

/** While an officer looks at his work, the queue's first page is fetched: the first opening need not wait for rows nobody has read today. */
export function useReadyQueue(): void {
  useEffect(() => {
    const asked = requestIdleCallback(() => void fetchQueueAhead(), { timeout: PATIENCE_MS })
    return () => cancelIdleCallback(asked)
  }, [])
}

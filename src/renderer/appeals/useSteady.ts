import { useCallback, useRef } from 'react'

/** The same function for as long as the component lives, doing what the latest one would: what is given it need not be drawn again. */
export function useSteady<A extends readonly unknown[]>(run: (...given: A) => void): (...given: A) => void {
  const latest = useRef(run)
  latest.current = run
  return useCallback((...given) => latest.current(...given), [])
}

import { useEffect, useState } from 'react'

/** False until what is on screen now was painted: what nobody looks at first does not hold it up. `atOnce`: it never waits. */
export function useAfterPaint(atOnce: boolean): boolean {
  const [painted, setPainted] = useState(atOnce)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(true))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [])
  return painted
}

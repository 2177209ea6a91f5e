import { useEffect, useState } from 'react'

/** The present in ms since 1970, renewed every so many seconds; for ages and countdowns on screen. */
export function useNow(everySeconds: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    // what was built before it was shown may be older
    setNow((was) => (Date.now() - was < everySeconds * 1000 ? was : Date.now()))
    const timer = setInterval(() => setNow(Date.now()), everySeconds * 1000)
    return () => clearInterval(timer)
  }, [everySeconds])
  return now
}

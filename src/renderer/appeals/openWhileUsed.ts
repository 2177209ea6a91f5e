/** Something that costs much to hold open. */
export interface WhileUsed<T> {
  /** Does something with it, opened where it is not. Rejects as the opening or the work does; it is closed then, once nobody else uses it. */
  use<R>(work: (thing: T) => Promise<R>): Promise<R>
  /** Closes it, also while it is used. */
  close(): void
}

/**
 * Holds open what is being used and, of what was, the `atRest` used last; what was closed is opened again when it is used again. So what
 * all of them take together has a bound, however many there are.
 */
export function openWhileUsed(atRest: number) {
  /** How to close each that is not used, the one used longest ago first. */
  const resting = new Set<() => void>()
  return <T>(open: () => Promise<T>, shut: (thing: T) => void): WhileUsed<T> => {
    let there: Promise<T> | null = null
    let uses = 0
    let failed = false
    function close(): void {
      resting.delete(close)
      there?.then(shut, () => {
        // it never was open
      })
      there = null
      failed = false
    }
    function rest(): void {
      resting.add(close)
      for (const closeOldest of resting) {
        if (resting.size <= atRest) return
        closeOldest()
      }
    }
    return {
      async use(work) {
        resting.delete(close)
        uses++
        there ??= open()
        try {
          return await work(await there)
        } catch (error) {
          failed = true
          throw error
        } finally {
          uses--
          if (uses === 0 && failed) close()
          else if (uses === 0 && there !== null) rest()
        }
      },
      close,
    }
  }
}

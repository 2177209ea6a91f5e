import { trouble } from '../../../domain/problem.ts'

/** Lets one piece of heavy work run at a time; the others wait in the order they came. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Does the work when it is its turn. Aborted while it waits, it throws `cancelled` at once and is never begun. */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#last
    const { promise: done, resolve: free } = Promise.withResolvers<void>()
    this.#last = before.then(() => done)
    try {
      await untilAborted(before, signal)
      return await work()
    } finally {
      free()
    }
  }
}

function untilAborted(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(trouble('cancelled'))
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    void turn.then(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    })
  })
}

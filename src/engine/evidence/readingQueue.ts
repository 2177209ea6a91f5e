import { trouble } from '../../domain/problem.ts'

/** An officer faster than the machine leaves papers behind unread; older ones than so many are given up. */
const MOST_WAITING = 50

interface Waiting {
  readonly appeal: string
  /** The appeal on screen while this one is only made ready; null: it is on screen itself. */
  readonly behind: string | null
  readonly work: () => Promise<void>
  readonly giveUp: () => void
}

/** Papers that wait to be read, one at a time: first those of the appeal on screen, then those that come next, then what was left behind. */
export class ReadingQueue {
  #shown = ''
  #waiting: Waiting[] = []
  #busy = false

  /** Does the work in its turn. Rejects as it does, or with `cancelled` when it was given up. */
  add<T>(appeal: string, behind: string | null, work: () => Promise<T>): Promise<T> {
    this.#shown = behind ?? appeal
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        appeal,
        behind,
        work: () => work().then(resolve, reject),
        giveUp: () => reject(trouble('cancelled')),
      })
      if (this.#waiting.length > MOST_WAITING) this.#waiting.shift()?.giveUp()
      if (!this.#busy) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#busy = true
    for (let next = this.#next(); next; next = this.#next()) {
      this.#waiting = this.#waiting.filter((other) => other !== next)
      await next.work()
    }
    this.#busy = false
  }

  #next(): Waiting | undefined {
    return (
      this.#waiting.find(({ appeal }) => appeal === this.#shown) ??
      this.#waiting.find(({ behind }) => behind === this.#shown) ??
      this.#waiting.at(-1)
    )
  }
}

import type { Imei14, Seq } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { factsToCheck, type StoredFact } from '../db/fact/queries.ts'
import type { Prepared } from '../db/pool.ts'

/** What is known of one IMEI at a moment. */
export interface Known {
  /** Number of the last event. */
  readonly head: Seq
  readonly policy: Policy
  readonly facts: readonly StoredFact[]
}

/** Statements of a database under way at once; what is asked meanwhile waits for the next one. */
const AT_ONCE = 4
/** IMEIs of one statement. */
const MOST = 200

interface Waiting {
  readonly imei14: Imei14
  readonly resolve: (known: Known) => void
  readonly reject: (e: unknown) => void
}

/**
 * Questions about single IMEIs that come at the same time are asked of the database together: one statement for all that wait instead of one
 * each. A question that comes alone goes at once.
 */
export class ChecksTogether {
  readonly #queues = new WeakMap<Prepared, Queue>()

  /** Facts of an IMEI, live when the question was asked or later. */
  about(db: Prepared, imei14: Imei14): Promise<Known> {
    let queue = this.#queues.get(db)
    if (!queue) {
      queue = new Queue(db)
      this.#queues.set(db, queue)
    }
    return queue.ask(imei14)
  }
}

class Queue {
  readonly #db: Prepared
  #waiting: Waiting[] = []
  #running = 0
  #isCalled = false

  constructor(db: Prepared) {
    this.#db = db
  }

  ask(imei14: Imei14): Promise<Known> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ imei14, resolve, reject })
      if (this.#isCalled) return
      this.#isCalled = true
      // requests that are already read from their sockets come along
      setImmediate(() => {
        this.#isCalled = false
        this.#next()
      })
    })
  }

  #next(): void {
    while (this.#running < AT_ONCE && this.#waiting.length > 0) {
      const asked = this.#waiting.slice(0, MOST)
      this.#waiting = this.#waiting.slice(MOST)
      this.#running++
      void this.#answer(asked)
    }
  }

  async #answer(asked: readonly Waiting[]): Promise<void> {
    try {
      const { head, policy, facts } = await factsToCheck(this.#db, [...new Set(asked.map(({ imei14 }) => imei14))])
      for (const { imei14, resolve } of asked) resolve({ head, policy, facts: facts.get(imei14) ?? [] })
    } catch (e) {
      for (const { reject } of asked) reject(e)
    } finally {
      this.#running--
      this.#next()
    }
  }
}

import { FEED_PAGE } from './feedPage.ts'

const FIRST = 16 * FEED_PAGE
/** Below these so much is written twice that a slow machine would be held up longer in all. */
const FEWEST = 8 * FEED_PAGE
/** What is on its way and what is being applied lie in memory. */
const MOST = 24 * FEED_PAGE
/** Other calls wait for a transaction that is under way. */
const SHORT_MS = 1_000
const LONG_MS = 2 * SHORT_MS

/**
 * How many events one transaction applies while a desk catches up. Of many events about the same appeals each appeal is written once,
 * and each page of the mirror encrypted once, so the more the better: twice as many take much less than twice as long. But lookups come
 * between two transactions.
 */
export class Pace {
  #events = FIRST

  get events(): number {
    return this.#events
  }

  /** So many events took so long; few of them tell nothing. */
  took(events: number, ms: number): void {
    if (events < FEWEST) return
    if (ms < SHORT_MS && events >= this.#events) this.#events = Math.min(2 * this.#events, MOST)
    else if (ms > LONG_MS) this.#events = Math.max(this.#events / 2, FEWEST)
  }
}

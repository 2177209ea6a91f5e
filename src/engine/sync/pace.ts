import { FEED_PAGE } from './feedPage.ts'

/** Below these so much is written twice that a slow machine would be held up longer in all. */
const FEWEST = 8 * FEED_PAGE
/** What is on its way and what is being applied lie in memory. */
const MOST = 32 * FEED_PAGE
/** Other calls wait for a transaction that is under way. */
const LONGEST_MS = 800

/**
 * How many events one transaction applies while a desk catches up. Of many events about the same appeals each appeal is written once,
 * and each page of the mirror encrypted once, so the more the better; but lookups come between two transactions.
 */
export class Pace {
  #events = FEWEST

  get events(): number {
    return this.#events
  }

  /** So many events took so long; a handful tells nothing. */
  took(events: number, ms: number): void {
    if (events < FEWEST) return
    const fitting = Math.floor((events * LONGEST_MS) / ms / FEED_PAGE) * FEED_PAGE
    this.#events = Math.min(Math.max(fitting, FEWEST), MOST, 2 * this.#events)
  }
}

import { type Listing, sameListing } from './listing.ts'

/** How many IMEIs more, or less than none fewer, have a listing. */
export interface FigureChange {
  readonly listing: Listing
  readonly change: number
}

/** Listings told apart as objects before their moves are summed by what they say. */
const MOST_OBJECTS = 20_000

/** What moves change in the figures of the lists. Being on no list is not counted. */
export class FigureTally {
  /** By the objects themselves, since many IMEIs share both: rows of a declaration do. */
  readonly #moves = new Map<Listing, Map<Listing, number>>()
  readonly #sums = new Map<string, FigureChange>()

  /** IMEIs went from one listing to another. */
  add(before: Listing, after: Listing, count = 1): void {
    if (sameListing(before, after)) return
    if (this.#moves.size >= MOST_OBJECTS) this.#sum()
    const to = this.#moves.get(before)
    if (to) to.set(after, (to.get(after) ?? 0) + count)
    else this.#moves.set(before, new Map([[after, count]]))
  }

  /** One change a listing; those that cancel out are left away. */
  changes(): FigureChange[] {
    this.#sum()
    return [...this.#sums.values()].filter(({ change }) => change !== 0)
  }

  #sum(): void {
    for (const [before, to] of this.#moves)
      for (const [after, count] of to) {
        this.#put(before, -count)
        this.#put(after, count)
      }
    this.#moves.clear()
  }

  #put(listing: Listing, change: number): void {
    if (listing.list === 'none') return
    const key = `${listing.list} ${listing.reason} ${listing.since} ${listing.deadline}`
    this.#sums.set(key, { listing, change: (this.#sums.get(key)?.change ?? 0) + change })
  }
}

import { listingOf, type Policy } from '../../domain/policy.ts'
import { factOfDoc, type LiveBatch, type StoredFact } from '../db/facts.ts'
import type { Writer } from '../db/handle.ts'
import { traitsOf } from '../db/listingTraits.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'

/** Batch and document of a fact as one number: no batch has so many documents. */
export type Place = number
const MOST_DOCS = 2 ** 27
export const placeOf = (batch: number, doc: number): Place => batch * MOST_DOCS + doc
export const batchOf = (place: Place): number => Math.floor(place / MOST_DOCS)
/** The same in SQL, of a row of `fact`. */
export const PLACE = `batch * ${MOST_DOCS} + doc`

/**
 * What the policy says of an IMEI, remembered by the places of its facts: rows of one declaration or one day of sightings are listed
 * alike. For one transaction, in which the policy and what is live stay the same.
 */
export class RememberedEntries {
  readonly #tx: Writer
  readonly #policy: Policy
  readonly #live: ReadonlyMap<number, LiveBatch>
  readonly #lists: ListWriter
  readonly #facts = new Map<Place, StoredFact | null>()
  readonly #alone = new Map<Place, Entry>()
  readonly #pairs = new Map<Place, Map<Place, Entry>>()
  readonly #together = new Map<string, Entry>()

  constructor(tx: Writer, policy: Policy, live: ReadonlyMap<number, LiveBatch>, lists: ListWriter) {
    this.#tx = tx
    this.#policy = policy
    this.#live = live
    this.#lists = lists
  }

  /** Of an IMEI with this one fact. */
  ofOne(place: Place): Entry {
    let known = this.#alone.get(place)
    if (known === undefined) {
      known = this.#judged([place])
      this.#alone.set(place, known)
    }
    return known
  }

  /** Of an IMEI with the facts of `rows` from `first` to before `end`. */
  of(rows: readonly (readonly [unknown, Place, ...unknown[]])[], first: number, end: number): Entry {
    const place = (rows[first] as [unknown, Place])[1]
    if (end - first === 1) return this.ofOne(place)
    if (end - first === 2) return this.#ofTwo(place, (rows[first + 1] as [unknown, Place])[1])
    const places = rows.slice(first, end).map((row) => row[1])
    const key = places.join(' ')
    let known = this.#together.get(key)
    if (known === undefined) {
      known = this.#judged(places)
      this.#together.set(key, known)
    }
    return known
  }

  #ofTwo(one: Place, other: Place): Entry {
    let others = this.#pairs.get(one)
    if (!others) {
      others = new Map()
      this.#pairs.set(one, others)
    }
    let known = others.get(other)
    if (known === undefined) {
      known = this.#judged([one, other])
      others.set(other, known)
    }
    return known
  }

  #judged(places: readonly Place[]): Entry {
    const dossier = places.map((place) => this.#factOf(place)).filter((fact) => fact !== null)
    const { list, reason, since, deadline } = listingOf(dossier, this.#policy)
    // only grey and black are stored
    if (list !== 'grey' && list !== 'black') return 0
    if (reason === null || since === null) throw new Error(`${list} without a reason or a day`)
    return this.#lists.entryOf({ list, reason, since, deadline, ...traitsOf(this.#tx, dossier) })
  }

  #factOf(place: Place): StoredFact | null {
    let fact = this.#facts.get(place)
    if (fact === undefined) {
      const batch = batchOf(place)
      const live = this.#live.get(batch)
      fact = (live && factOfDoc(this.#tx, live, batch, place % MOST_DOCS)) ?? null
      this.#facts.set(place, fact)
    }
    return fact
  }
}

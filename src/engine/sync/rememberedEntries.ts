import { DOCS_A_BATCH } from '../../contract/segment.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { factOfDoc, type LiveBatch, type StoredFact } from '../db/facts.ts'
import type { Writer } from '../db/handle.ts'
import { traitsOf } from '../db/listingTraits.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'

/** Where a fact stands: batch and document in one number, exact as JSON up to 2^53; below `DOCS_A_BATCH` a document of the batch that is merged. */
export type FactCode = number
export const CODE_OF_FACT = `batch * ${DOCS_A_BATCH} + doc`

/** Number of a document among those met, from 0. */
type Place = number

/**
 * What the policy says of an IMEI, remembered by the documents its facts are in: rows of one declaration or one day of sightings are
 * listed alike. For one transaction, in which the policy and what is live stay the same.
 */
export class RememberedEntries {
  readonly #tx: Writer
  readonly #policy: Policy
  readonly #live: ReadonlyMap<number, LiveBatch>
  readonly #lists: ListWriter
  readonly #merged: number
  readonly #places = new Map<FactCode, Place>()
  /** By place: the fact, null where it is not live; what is said of an IMEI that has no other; of one with a second. */
  readonly #facts: (StoredFact | null)[] = []
  readonly #alone: (Entry | undefined)[] = []
  readonly #pairs: (Map<Place, Entry> | undefined)[] = []
  readonly #together = new Map<string, Entry>()

  constructor(tx: Writer, policy: Policy, live: ReadonlyMap<number, LiveBatch>, lists: ListWriter, merged: number) {
    this.#tx = tx
    this.#policy = policy
    this.#live = live
    this.#lists = lists
    this.#merged = merged
  }

  /** Of an IMEI with this one fact. */
  ofOne(batch: number, doc: number): Entry {
    return this.#ofPlace(this.#placeOf(batch * DOCS_A_BATCH + doc))
  }

  /** Of an IMEI with the facts from `first` to before `end`; one null stands for no fact. */
  of(codes: readonly (FactCode | null)[], first: number, end: number): Entry {
    const code = codes[first] ?? null
    if (code === null) return 0
    const one = this.#placeOf(code)
    if (end - first === 1) return this.#ofPlace(one)
    const other = this.#placeOf(codes[first + 1] as FactCode)
    if (end - first === 2) return this.#ofTwo(one, other)
    const places = [one, other]
    for (let i = first + 2; i < end; i++) places.push(this.#placeOf(codes[i] as FactCode))
    const key = places.join(' ')
    let known = this.#together.get(key)
    if (known === undefined) {
      known = this.#judged(places)
      this.#together.set(key, known)
    }
    return known
  }

  #ofPlace(place: Place): Entry {
    let known = this.#alone[place]
    if (known === undefined) {
      known = this.#judged([place])
      this.#alone[place] = known
    }
    return known
  }

  #ofTwo(one: Place, other: Place): Entry {
    const others = this.#pairs[one] ?? new Map<Place, Entry>()
    this.#pairs[one] = others
    let known = others.get(other)
    if (known === undefined) {
      known = this.#judged([one, other])
      others.set(other, known)
    }
    return known
  }

  #placeOf(code: FactCode): Place {
    let place = this.#places.get(code)
    if (place === undefined) {
      place = this.#facts.length
      this.#places.set(code, place)
      const batch = Math.floor(code / DOCS_A_BATCH) || this.#merged
      const live = this.#live.get(batch)
      this.#facts.push((live && factOfDoc(this.#tx, live, batch, code % DOCS_A_BATCH)) ?? null)
      this.#alone.push(undefined)
      this.#pairs.push(undefined)
    }
    return place
  }

  #judged(places: readonly Place[]): Entry {
    const dossier = places.map((place) => this.#facts[place] ?? null).filter((fact) => fact !== null)
    const { list, reason, since, deadline } = listingOf(dossier, this.#policy)
    // only grey and black are stored
    if (list !== 'grey' && list !== 'black') return 0
    if (reason === null || since === null) throw new Error(`${list} without a reason or a day`)
    return this.#lists.entryOf({ list, reason, since, deadline, ...traitsOf(this.#tx, dossier) })
  }
}

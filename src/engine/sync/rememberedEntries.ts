import type { Imei14 } from '../../domain/fact.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { factOfDoc, type LiveBatch, type StoredFact } from '../db/facts.ts'
import type { Writer } from '../db/handle.ts'
import { traitsOf } from '../db/listingTraits.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'

/** Facts by IMEI, column by column: whose, and in which document of which batch. An IMEI without any fact has one row of nothing. */
export interface FactColumns {
  readonly imeis: readonly Imei14[]
  readonly batches: readonly (number | null)[]
  readonly docs: readonly (number | null)[]
}

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
  readonly #places = new Map<number, Map<number, Place>>()
  /** By place: the fact, null where it is not live; what is said of an IMEI that has no other; of one with a second. */
  readonly #facts: (StoredFact | null)[] = []
  readonly #alone: (Entry | undefined)[] = []
  readonly #pairs: (Map<Place, Entry> | undefined)[] = []
  readonly #together = new Map<string, Entry>()

  constructor(tx: Writer, policy: Policy, live: ReadonlyMap<number, LiveBatch>, lists: ListWriter) {
    this.#tx = tx
    this.#policy = policy
    this.#live = live
    this.#lists = lists
  }

  /** Of an IMEI with this one fact. */
  ofOne(batch: number, doc: number): Entry {
    const place = this.#placeOf(batch, doc)
    let known = this.#alone[place]
    if (known === undefined) {
      known = this.#judged([place])
      this.#alone[place] = known
    }
    return known
  }

  /** Of an IMEI with the facts from `first` to before `end`. */
  of({ batches, docs }: FactColumns, first: number, end: number): Entry {
    const batch = batches[first] ?? null
    if (batch === null) return 0
    if (end - first === 1) return this.ofOne(batch, docs[first] as number)
    const one = this.#placeOf(batch, docs[first] as number)
    const other = this.#placeOf(batches[first + 1] as number, docs[first + 1] as number)
    if (end - first === 2) return this.#ofTwo(one, other)
    const places = [one, other]
    for (let i = first + 2; i < end; i++) places.push(this.#placeOf(batches[i] as number, docs[i] as number))
    const key = places.join(' ')
    let known = this.#together.get(key)
    if (known === undefined) {
      known = this.#judged(places)
      this.#together.set(key, known)
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

  #placeOf(batch: number, doc: number): Place {
    let docs = this.#places.get(batch)
    if (!docs) {
      docs = new Map()
      this.#places.set(batch, docs)
    }
    let place = docs.get(doc)
    if (place === undefined) {
      place = this.#facts.length
      docs.set(doc, place)
      const live = this.#live.get(batch)
      this.#facts.push((live && factOfDoc(this.#tx, live, batch, doc)) ?? null)
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

import type { Imei14 } from '../../../domain/fact.ts'

const FIRST = 1 << 14
/** A guess may be wrong: beyond this the columns grow only when they are full. */
const MOST_EXPECTED = 1 << 25
/** Files are seldom quite even: room for a little more than foreseen. */
const SPARE = 1.04

/** Accepted IMEIs in the order of the file, with their document and the place of the next IMEI of the same device. */
export class DeviceColumns {
  #keys = new Float64Array(FIRST)
  #docs = new Uint32Array(FIRST)
  #rows = new Uint32Array(FIRST)
  /** Places from here to the next IMEI of the device; the IMEIs of a device form a ring. */
  #ring = new Int8Array(FIRST)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(imeis: readonly Imei14[], doc: number, row: number): void {
    const n = imeis.length
    if (this.#count + n > this.#keys.length) this.#resize(this.#keys.length * 2)
    for (let i = 0; i < n; i++) {
      this.#keys[this.#count] = imeis[i] as number
      this.#docs[this.#count] = doc
      this.#rows[this.#count] = row
      this.#ring[this.#count] = i + 1 < n ? 1 : 1 - n
      this.#count++
    }
  }

  /** Copies of the columns from a place on, to be kept. */
  since(from: number): DeviceSlice {
    const to = this.#count
    return {
      keys: this.#keys.slice(from, to),
      docs: this.#docs.slice(from, to),
      rows: this.#rows.slice(from, to),
      ring: this.#ring.slice(from, to),
    }
  }

  /** Puts kept columns behind those that are here. */
  append({ keys, docs, rows, ring }: DeviceSlice): void {
    while (this.#count + keys.length > this.#keys.length) this.#resize(this.#keys.length * 2)
    this.#keys.set(keys, this.#count)
    this.#docs.set(docs, this.#count)
    this.#rows.set(rows, this.#count)
    this.#ring.set(ring, this.#count)
    this.#count += keys.length
  }

  /** Makes room at once for as many IMEIs as a file seems to have: what is not written to costs no memory. */
  expect(imeis: number): void {
    const size = Math.ceil(Math.min(imeis, MOST_EXPECTED) * SPARE)
    if (size > this.#keys.length) this.#resize(size)
  }

  /** One column after the other, so that no more than one is there twice. */
  #resize(size: number): void {
    this.#keys = copied(this.#keys, new Float64Array(size))
    this.#docs = copied(this.#docs, new Uint32Array(size))
    this.#rows = copied(this.#rows, new Uint32Array(size))
    this.#ring = copied(this.#ring, new Int8Array(size))
  }

  /**
   * Sorted by IMEI, each once: of several rows about one IMEI the one whose document `better` prefers. This object is empty
   * afterwards; each of its columns goes as soon as the sorted one is made, so that both are never in memory together.
   */
  sort(better: (docA: number, docB: number) => boolean): SortedFacts {
    const order = this.#order()
    const next = new Float64Array(order.length)
    let n = 0
    let last = 0
    for (let i = 0; i < order.length; i++) {
      const at = order[i] as number
      const key = this.#keys[at] as number
      if (n > 0 && key === last) {
        if (better(this.#docs[at] as number, this.#docs[order[n - 1] as number] as number)) order[n - 1] = at
        continue
      }
      const ring = this.#ring[at] as number
      next[n] = ring === 0 ? 0 : (this.#keys[at + ring] as number)
      order[n++] = at
      last = key
    }
    const places = order.subarray(0, n)
    this.#ring = new Int8Array(0)
    const docs = picked(this.#docs, places)
    this.#docs = new Uint32Array(0)
    const rows = picked(this.#rows, places)
    this.#rows = new Uint32Array(0)
    const keys = new Float64Array(n)
    for (let i = 0; i < n; i++) keys[i] = this.#keys[places[i] as number] as number
    this.#keys = new Float64Array(0)
    this.#count = 0
    return { count: n, keys, docs, next: next.subarray(0, n), rows }
  }

  /** Places in order of their keys, equal keys in the order of the file: a radix sort, without comparing. */
  #order(): Uint32Array {
    const count = this.#count
    const low = new Uint16Array(count)
    const high = new Uint16Array(count)
    const tacs = new Uint32Array(count)
    const known = new Map<number, number>()
    // devices of one type follow each other, so the code before is mostly the code again
    let tac = -1
    let number = 0
    for (let i = 0; i < count; i++) {
      const key = this.#keys[i] as number
      const its = Math.floor(key / 1e6)
      const serial = key - its * 1e6
      low[i] = serial & 1023
      high[i] = serial >>> 10
      if (its !== tac) {
        tac = its
        number = known.get(tac) ?? known.size
        known.set(tac, number)
      }
      tacs[i] = number
    }
    const rank = new Uint32Array(known.size)
    let next = 0
    for (const code of Float64Array.from(known.keys()).sort()) rank[known.get(code) as number] = next++
    for (let i = 0; i < count; i++) tacs[i] = rank[tacs[i] as number] as number
    // each round keeps the order that the one before made
    const order = new Uint32Array(count)
    for (let i = 0; i < count; i++) order[i] = i
    return distributed(distributed(distributed(order, low, 1024), high, 1024), tacs, known.size)
  }
}

function copied<T extends Float64Array | Uint32Array | Int8Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** What stands at some places. */
function picked(from: Uint32Array, places: Uint32Array): Uint32Array {
  const to = new Uint32Array(places.length)
  for (let i = 0; i < places.length; i++) to[i] = from[places[i] as number] as number
  return to
}

/** Places by the group of each, those of a group in the order they came. */
function distributed(order: Uint32Array, groupOf: Uint16Array | Uint32Array, groups: number): Uint32Array {
  const starts = new Uint32Array(groups + 1)
  for (let i = 0; i < groupOf.length; i++) {
    const next = (groupOf[i] as number) + 1
    starts[next] = (starts[next] as number) + 1
  }
  for (let g = 1; g <= groups; g++) starts[g] = (starts[g] as number) + (starts[g - 1] as number)
  const sorted = new Uint32Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const at = order[i] as number
    const group = groupOf[at] as number
    const to = starts[group] as number
    sorted[to] = at
    starts[group] = to + 1
  }
  return sorted
}

/** Some devices in the order of the file: IMEI, document, row, and places to the next IMEI of the device. */
export interface DeviceSlice {
  readonly keys: Float64Array
  readonly docs: Uint32Array
  readonly rows: Uint32Array
  readonly ring: Int8Array
}

/** One entry an IMEI, ascending. `next`: another IMEI of the same device, 0 for none. */
export interface SortedFacts {
  readonly count: number
  readonly keys: Float64Array
  readonly docs: Uint32Array
  readonly next: Float64Array
  /** Row of the file that reported it; empty where the rows of the file are no longer at hand. */
  readonly rows: Uint32Array
}

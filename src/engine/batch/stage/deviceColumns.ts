import type { Imei14 } from '../../../domain/fact.ts'

const FIRST = 1 << 14

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
    if (this.#count + n > this.#keys.length) this.#grow()
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
    while (this.#count + keys.length > this.#keys.length) this.#grow()
    this.#keys.set(keys, this.#count)
    this.#docs.set(docs, this.#count)
    this.#rows.set(rows, this.#count)
    this.#ring.set(ring, this.#count)
    this.#count += keys.length
  }

  #grow(): void {
    const size = this.#keys.length * 2
    const keys = new Float64Array(size)
    const docs = new Uint32Array(size)
    const rows = new Uint32Array(size)
    const ring = new Int8Array(size)
    keys.set(this.#keys)
    docs.set(this.#docs)
    rows.set(this.#rows)
    ring.set(this.#ring)
    this.#keys = keys
    this.#docs = docs
    this.#rows = rows
    this.#ring = ring
  }

  /**
   * Sorted by IMEI, each once: of several rows about one IMEI the one whose document `better` prefers. This object is empty
   * afterwards, so that both need not be in memory.
   */
  sort(better: (docA: number, docB: number) => boolean): SortedFacts {
    const order = this.#order()
    const keys = new Float64Array(order.length)
    const docs = new Uint32Array(order.length)
    const rows = new Uint32Array(order.length)
    const next = new Float64Array(order.length)
    let n = 0
    for (const at of order) {
      const key = this.#keys[at] as number
      const doc = this.#docs[at] as number
      const ring = this.#ring[at] as number
      if (n > 0 && keys[n - 1] === key) {
        if (better(doc, docs[n - 1] as number)) {
          docs[n - 1] = doc
          rows[n - 1] = this.#rows[at] as number
        }
        continue
      }
      keys[n] = key
      docs[n] = doc
      rows[n] = this.#rows[at] as number
      next[n] = ring === 0 ? 0 : (this.#keys[at + ring] as number)
      n++
    }
    this.#keys = new Float64Array(0)
    this.#docs = new Uint32Array(0)
    this.#rows = new Uint32Array(0)
    this.#ring = new Int8Array(0)
    this.#count = 0
    return {
      count: n,
      keys: keys.subarray(0, n),
      docs: docs.subarray(0, n),
      next: next.subarray(0, n),
      rows: rows.subarray(0, n),
    }
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

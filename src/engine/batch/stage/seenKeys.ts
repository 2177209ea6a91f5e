/** Of a key: some row of the file had it; an accepted row has it. */
export const SEEN = 1
export const TAKEN = 2

const FIRST_SLOTS = 1 << 16
const FULL = 0.6
/** A guess may be wrong: beyond this the table grows only when it is full. */
const MOST_EXPECTED = 1 << 22

/**
 * The keys that occurred in a file so far, for finding duplicates among millions of rows: open addressing over typed arrays, 13 bytes
 * a slot. Keys are whole numbers from 1 below 2^53.
 */
export class SeenKeys {
  #slots = new Float64Array(FIRST_SLOTS)
  #rows = new Uint32Array(FIRST_SLOTS)
  #marks = new Uint8Array(FIRST_SLOTS)
  #mask = FIRST_SLOTS - 1
  #count = 0

  get count(): number {
    return this.#count
  }

  /** Place of a key, or the free one it would take. */
  look(key: number): number {
    return this.#find(key)
  }

  /** SEEN and TAKEN of the key at a place, 0 when it did not occur. */
  marks(place: number): number {
    return this.#marks[place] as number
  }

  /** The row in which the key at a place occurred first, 0 when it did not. */
  firstRow(place: number): number {
    return this.#rows[place] as number
  }

  /** Makes room for some more keys; places looked up before are no longer good. */
  reserve(more: number): void {
    if (this.#count + more > (this.#mask + 1) * FULL) this.#grow((this.#mask + 1) * 2)
  }

  /** Makes room at once for as many keys as a file seems to have, so that the table need not be built anew again and again. */
  expect(keys: number): void {
    let size = this.#mask + 1
    while (keys > size * FULL && size < MOST_EXPECTED) size *= 2
    if (size > this.#mask + 1) this.#grow(size)
  }

  /** Marks a key for which there is room. `hint`: the place `look` gave since the last `reserve`. */
  mark(key: number, marks: number, row: number, hint: number): void {
    const there = this.#slots[hint] as number
    const at = there === 0 || there === key ? hint : this.#find(key)
    if (this.#slots[at] !== 0) {
      this.#marks[at] = (this.#marks[at] as number) | marks
      // what counts for a duplicate is the row that was accepted
      if (marks & TAKEN) this.#rows[at] = row
      return
    }
    this.#slots[at] = key
    this.#marks[at] = marks
    this.#rows[at] = row
    this.#count++
  }

  #find(key: number): number {
    let at = (Math.imul((key | 0) ^ Math.imul((key / 4_294_967_296) | 0, 0x9e3779b1), 0x85ebca6b) >>> 7) & this.#mask
    for (;;) {
      const slot = this.#slots[at] as number
      if (slot === 0 || slot === key) return at
      at = (at + 1) & this.#mask
    }
  }

  #grow(size: number): void {
    const slots = this.#slots
    const rows = this.#rows
    const marks = this.#marks
    this.#slots = new Float64Array(size)
    this.#rows = new Uint32Array(size)
    this.#marks = new Uint8Array(size)
    this.#mask = size - 1
    for (let i = 0; i < slots.length; i++) {
      const key = slots[i] as number
      if (key === 0) continue
      const at = this.#find(key)
      this.#slots[at] = key
      this.#rows[at] = rows[i] as number
      this.#marks[at] = marks[i] as number
    }
  }
}

/** A key for a row known by its text: 50 bits of a hash, so that two rows of a million meet by chance once in two thousand files. */
export function textKey(text: string): number {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    a = Math.imul(a ^ c, 0x01000193)
    b = Math.imul(b ^ c, 0x5bd1e995)
    b ^= b >>> 13
  }
  a ^= b >>> 15
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return (a >>> 0) * 262_144 + ((b ^ (b >>> 16)) & 0x3ffff) + 1
}

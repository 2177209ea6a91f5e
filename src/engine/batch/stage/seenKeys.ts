/** Of a key: some row of the file had it; an accepted row has it. */
export const SEEN = 1
export const TAKEN = 2

/** Slots come in groups that lie in one line of the processor's cache. */
const GROUP = 4
const FIRST_SLOTS = 1 << 16
const FULL = 0.75
/** A guess may be wrong: beyond this the table grows only when it is full. */
const MOST_EXPECTED = 1 << 24
/** A table of so many slots grows by half, a smaller one to twice its size: while it grows both are there. */
const LARGE = 1 << 21
/** Files are seldom quite even: room for a little more than foreseen. */
const SPARE = 1.04
const MARK_BITS = 2
const MARKS = (1 << MARK_BITS) - 1
/** A slot: a key of 8 bytes, then 4 for row and marks, then 4 unused, so that a group fills one line of the cache and no more. */
const SLOT_BYTES = 16
/** Large blocks of memory begin 16 bytes behind a line: so much further a line begins. */
const LEAD_BYTES = 48
const KEY_AT = LEAD_BYTES / 8
const ROW_AT = (LEAD_BYTES + 8) / 4

/**
 * The keys that occurred in a file so far, for finding duplicates among millions of rows: open addressing over typed arrays, 16 bytes
 * a slot. Keys are whole numbers from 1 below 2^53. Keys that differ in their last two bits only, as the IMEIs of one device mostly
 * do, are looked for in one group of slots: at this size waiting for memory is most of the work.
 */
export class SeenKeys {
  #size = FIRST_SLOTS
  #keys: Float64Array
  #rows: Uint32Array
  #count = 0

  constructor() {
    const memory = memoryOf(FIRST_SLOTS)
    this.#keys = new Float64Array(memory)
    this.#rows = new Uint32Array(memory)
  }

  get count(): number {
    return this.#count
  }

  /** Place of a key, or the free one it would take. */
  look(key: number): number {
    return this.#find(key)
  }

  /** Reads all that `look` and `mark` will need of a key; the number means nothing, but it has to be used, or nothing is read. */
  touch(key: number): number {
    const place = this.#find(key)
    return this.#rows[ROW_AT + place * 4] as number
  }

  /** SEEN and TAKEN of the key at a place, 0 when it did not occur. */
  marks(place: number): number {
    return (this.#rows[ROW_AT + place * 4] as number) & MARKS
  }

  /** The row in which the key at a place occurred first, 0 when it did not. */
  firstRow(place: number): number {
    return (this.#rows[ROW_AT + place * 4] as number) >>> MARK_BITS
  }

  /** Makes room for some more keys; places looked up before are no longer good. */
  reserve(more: number): void {
    if (this.#count + more <= this.#size * FULL) return
    this.#grow(this.#size < LARGE ? this.#size * 2 : Math.ceil((this.#size * 1.5) / GROUP) * GROUP)
  }

  /** Makes room at once for as many keys as a file seems to have, so that the table need not be built anew again and again. */
  expect(keys: number): void {
    const size = Math.ceil((Math.min(keys, MOST_EXPECTED) * SPARE) / FULL / GROUP) * GROUP
    if (size > this.#size) this.#grow(size)
  }

  /** Marks a key for which there is room. `hint`: the place `look` gave since the last `reserve`. */
  mark(key: number, marks: number, row: number, hint: number): void {
    const there = this.#keys[KEY_AT + hint * 2] as number
    const place = there === 0 || there === key ? hint : this.#find(key)
    const at = ROW_AT + place * 4
    if (this.#keys[KEY_AT + place * 2] === 0) {
      this.#keys[KEY_AT + place * 2] = key
      this.#rows[at] = row * (1 << MARK_BITS) + marks
      this.#count++
      return
    }
    const known = this.#rows[at] as number
    // what counts for a duplicate is the row that was accepted
    const said = marks & TAKEN ? row : known >>> MARK_BITS
    this.#rows[at] = said * (1 << MARK_BITS) + ((known & MARKS) | marks)
  }

  #find(key: number): number {
    const low = key | 0
    const mixed = Math.imul((low & -GROUP) ^ Math.imul((key / 4_294_967_296) | 0, 0x9e3779b1), 0x85ebca6b)
    const spread = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0
    const size = this.#size
    let at = Math.floor((spread * (size / GROUP)) / 4_294_967_296) * GROUP + (low & (GROUP - 1))
    for (;;) {
      const slot = this.#keys[KEY_AT + at * 2] as number
      if (slot === 0 || slot === key) return at
      if (++at === size) at = 0
    }
  }

  #grow(size: number): void {
    const keys = this.#keys
    const rows = this.#rows
    const slots = this.#size
    const memory = memoryOf(size)
    this.#keys = new Float64Array(memory)
    this.#rows = new Uint32Array(memory)
    this.#size = size
    for (let i = 0; i < slots; i++) {
      const key = keys[KEY_AT + i * 2] as number
      if (key === 0) continue
      const at = this.#find(key)
      this.#keys[KEY_AT + at * 2] = key
      this.#rows[ROW_AT + at * 4] = rows[ROW_AT + i * 4] as number
    }
  }
}

const memoryOf = (slots: number): ArrayBuffer => new ArrayBuffer(LEAD_BYTES + slots * SLOT_BYTES)

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

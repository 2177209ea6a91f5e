import type { Imei14 } from '../../../domain/fact.ts'
import type { Reader, SqlValue } from '../../db/handle.ts'

/** Facts in one row of `fact_block`. */
const FACTS = 4096

/**
 * Facts in order of IMEI, packed column by column into rows of some thousand: binding every value of millions of rows by itself would
 * take longer than judging them.
 */
export class FactBlockWriter {
  readonly #take: (row: SqlValue[]) => void
  readonly #keys = new Float64Array(FACTS)
  readonly #docs = new Uint32Array(FACTS)
  readonly #next = new Float64Array(FACTS)
  readonly #moves = new Uint8Array(FACTS)
  #count = 0

  constructor(take: (row: SqlValue[]) => void) {
    this.#take = take
  }

  add(imei14: Imei14, doc: number, next: Imei14, move: number): void {
    const at = this.#count++
    this.#keys[at] = imei14
    this.#docs[at] = doc
    this.#next[at] = next
    this.#moves[at] = move
    if (this.#count === FACTS) this.end()
  }

  /** Hands out what is left. */
  end(): void {
    const n = this.#count
    if (n === 0) return
    const last = this.#keys[n - 1] as number
    const moves = this.#moves.subarray(0, n)
    const alike = moves.every((move) => move === moves[0])
    this.#take([last, n, this.#packedKeys(n), this.#packedDocs(n), this.#packedNext(n), moves.slice(0, alike ? 1 : n)])
    this.#count = 0
  }

  /** The first key, then what each is more than the one before it, in two bytes or four; else all keys whole. */
  #packedKeys(n: number): Uint8Array {
    let most = 0
    for (let i = 1; i < n; i++) most = Math.max(most, (this.#keys[i] as number) - (this.#keys[i - 1] as number))
    if (most >= 4_294_967_296) return wholeOf(this.#keys, n)
    const width = most < 65_536 ? 2 : 4
    const packed = new Uint8Array(8 + (n - 1) * width)
    const view = new DataView(packed.buffer)
    view.setFloat64(0, this.#keys[0] as number, true)
    for (let i = 1; i < n; i++) {
      const more = (this.#keys[i] as number) - (this.#keys[i - 1] as number)
      if (width === 2) view.setUint16(6 + i * 2, more, true)
      else view.setUint32(4 + i * 4, more, true)
    }
    return packed
  }

  /** Numbers of documents in two bytes or four. */
  #packedDocs(n: number): Uint8Array {
    let most = 0
    for (let i = 0; i < n; i++) most = Math.max(most, this.#docs[i] as number)
    const docs = this.#docs.subarray(0, n)
    return bytesOf(most < 65_536 ? new Uint16Array(docs) : docs.slice())
  }

  /** How far the next IMEI of the device is from its key, 0 for none, in one byte or four; else all of them whole. */
  #packedNext(n: number): Uint8Array {
    const near = new Int32Array(n)
    let most = 0
    for (let i = 0; i < n; i++) {
      const next = this.#next[i] as number
      if (next === 0) continue
      const far = next - (this.#keys[i] as number)
      if (far > most) most = far
      else if (-far > most) most = -far
      near[i] = far
    }
    if (most > 2_147_483_647) return wholeOf(this.#next, n)
    return bytesOf(most < 128 ? new Int8Array(near) : near)
  }
}

const bytesOf = (a: Uint16Array | Uint32Array | Int8Array | Int32Array): Uint8Array =>
  new Uint8Array(a.buffer as ArrayBuffer, a.byteOffset, a.byteLength)

const wholeOf = (values: Float64Array, n: number): Uint8Array =>
  new Uint8Array(values.buffer.slice(0, n * 8) as ArrayBuffer)

export interface FactBlock {
  readonly count: number
  readonly keys: Float64Array
  readonly docs: Uint32Array
  readonly next: Float64Array
  readonly moves: Uint8Array
}

type Stored = [count: number, keys: Uint8Array, docs: Uint8Array, next: Uint8Array, moves: Uint8Array]

/** Blocks that hold IMEIs above `after`, ascending; the first may begin with smaller ones. */
export function* factBlocks(staged: Reader, after: Imei14): Generator<FactBlock> {
  const rows = staged.rows<Stored>('SELECT count, keys, docs, next, moves FROM fact_block WHERE last > ? ORDER BY last')
  for (const [count, keys, docs, next, moves] of rows.iterate(after)) {
    const whole = unpackedKeys(aligned(keys), count)
    yield {
      count,
      keys: whole,
      docs: unpackedDocs(aligned(docs), count),
      next: unpackedNext(aligned(next), whole),
      moves: moves.length === count ? moves.slice() : new Uint8Array(count).fill(moves[0] as number),
    }
  }
}

/** A copy, since the bytes of a blob need not lie where an array of numbers may. */
const aligned = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer

// how wide a column is tells its length; files staged by an older desk have the wider ones

function unpackedKeys(bytes: ArrayBuffer, count: number): Float64Array {
  if (bytes.byteLength === count * 8) return new Float64Array(bytes)
  const keys = new Float64Array(count)
  const view = new DataView(bytes)
  const narrow = bytes.byteLength === 8 + (count - 1) * 2
  let key = view.getFloat64(0, true)
  for (let i = 0; i < count; i++) {
    if (i > 0) key += narrow ? view.getUint16(6 + i * 2, true) : view.getUint32(4 + i * 4, true)
    keys[i] = key
  }
  return keys
}

const unpackedDocs = (bytes: ArrayBuffer, count: number): Uint32Array =>
  bytes.byteLength === count * 4 ? new Uint32Array(bytes) : new Uint32Array(new Uint16Array(bytes))

function unpackedNext(bytes: ArrayBuffer, keys: Float64Array): Float64Array {
  if (bytes.byteLength === keys.length * 8) return new Float64Array(bytes)
  const near = bytes.byteLength === keys.length * 4 ? new Int32Array(bytes) : new Int8Array(bytes)
  const next = new Float64Array(keys.length)
  for (let i = 0; i < near.length; i++) next[i] = near[i] === 0 ? 0 : (keys[i] as number) + (near[i] as number)
  return next
}

export const countFacts = (staged: Reader): number =>
  staged.value<number | null>('SELECT sum(count) FROM fact_block') ?? 0

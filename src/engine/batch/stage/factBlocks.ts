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
    const bytes = (a: Uint32Array | Uint8Array): Uint8Array =>
      new Uint8Array(a.buffer.slice(0, n * a.BYTES_PER_ELEMENT) as ArrayBuffer)
    const last = this.#keys[n - 1] as number
    this.#take([last, n, this.#packedKeys(n), bytes(this.#docs), this.#packedNext(n), bytes(this.#moves)])
    this.#count = 0
  }

  /** The first key, then what each is more than the one before it: mostly small, else all keys whole. */
  #packedKeys(n: number): Uint8Array {
    const packed = new Uint8Array(8 + (n - 1) * 4)
    const view = new DataView(packed.buffer)
    view.setFloat64(0, this.#keys[0] as number, true)
    for (let i = 1; i < n; i++) {
      const more = (this.#keys[i] as number) - (this.#keys[i - 1] as number)
      if (more >= 4_294_967_296) return wholeOf(this.#keys, n)
      view.setUint32(4 + i * 4, more, true)
    }
    return packed
  }

  /** How far the next IMEI of the device is from its key, 0 for none: mostly near, else all of them whole. */
  #packedNext(n: number): Uint8Array {
    const near = new Int32Array(n)
    for (let i = 0; i < n; i++) {
      const next = this.#next[i] as number
      if (next === 0) continue
      const far = next - (this.#keys[i] as number)
      if (far > 2_147_483_647 || far < -2_147_483_647) return wholeOf(this.#next, n)
      near[i] = far
    }
    return new Uint8Array(near.buffer)
  }
}

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
    // a copy, since the bytes of a blob need not lie where an array of numbers may
    const aligned = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer
    const whole = unpackedKeys(aligned(keys), count)
    yield {
      count,
      keys: whole,
      docs: new Uint32Array(aligned(docs)),
      next: unpackedNext(aligned(next), whole),
      moves: moves.slice(),
    }
  }
}

function unpackedKeys(bytes: ArrayBuffer, count: number): Float64Array {
  if (bytes.byteLength === count * 8) return new Float64Array(bytes)
  const keys = new Float64Array(count)
  const view = new DataView(bytes)
  let key = view.getFloat64(0, true)
  for (let i = 0; i < count; i++) {
    if (i > 0) key += view.getUint32(4 + i * 4, true)
    keys[i] = key
  }
  return keys
}

function unpackedNext(bytes: ArrayBuffer, keys: Float64Array): Float64Array {
  if (bytes.byteLength === keys.length * 8) return new Float64Array(bytes)
  const near = new Int32Array(bytes)
  return Float64Array.from(near, (far, i) => (far === 0 ? 0 : (keys[i] as number) + far))
}

export const countFacts = (staged: Reader): number =>
  staged.value<number | null>('SELECT sum(count) FROM fact_block') ?? 0

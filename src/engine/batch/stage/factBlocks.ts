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
    const bytes = (a: Float64Array | Uint32Array | Uint8Array): Uint8Array =>
      new Uint8Array(a.buffer.slice(0, n * a.BYTES_PER_ELEMENT) as ArrayBuffer)
    const last = this.#keys[n - 1] as number
    this.#take([last, n, bytes(this.#keys), bytes(this.#docs), bytes(this.#next), bytes(this.#moves)])
    this.#count = 0
  }
}

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
    yield {
      count,
      keys: new Float64Array(aligned(keys)),
      docs: new Uint32Array(aligned(docs)),
      next: new Float64Array(aligned(next)),
      moves: moves.slice(),
    }
  }
}

export const countFacts = (staged: Reader): number =>
  staged.value<number | null>('SELECT sum(count) FROM fact_block') ?? 0

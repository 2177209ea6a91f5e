import { throwIfCancelled } from '../sheetError.ts'
import type { RowInput, RowsInput } from './cellInput.ts'

/** Characters formatted at once: a text built cell by cell stays near while it is small. */
const PIECE = 1 << 13

type Step = IteratorResult<RowInput, unknown>

/** Draws rows from a caller's iterable as they are needed; a plain iterable costs no promise a row. */
export class RowFeed {
  /** Number of rows handed out. */
  rows = 0
  readonly #iterator: Iterator<RowInput> | AsyncIterator<RowInput>
  readonly #signal: AbortSignal | undefined
  #ahead: Step | null = null

  constructor(rows: RowsInput, signal: AbortSignal | undefined) {
    this.#iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
    this.#signal = signal
  }

  /** Formats at most `limit` rows and hands the text out in small pieces, at the pace of its consumer. */
  async *pieces(limit: number, format: (row: RowInput) => string): AsyncGenerator<string> {
    let text = ''
    for (let count = 0; count < limit; count++) {
      const drawn = this.#ahead ?? this.#iterator.next()
      this.#ahead = null
      const step = 'then' in drawn ? await drawn : drawn
      if (step.done === true) {
        this.#ahead = step
        break
      }
      this.rows += 1
      text += format(step.value)
      if (text.length < PIECE) continue
      throwIfCancelled(this.#signal)
      yield text
      text = ''
    }
    throwIfCancelled(this.#signal)
    yield text
  }

  /** Whether there is at least one more row. */
  async hasMore(): Promise<boolean> {
    this.#ahead ??= await this.#iterator.next()
    return this.#ahead.done !== true
  }

  /** Lets the caller's iterable free what it holds, if it was left before its end. */
  async close(): Promise<void> {
    if (this.#ahead?.done !== true) await this.#iterator.return?.()
  }
}

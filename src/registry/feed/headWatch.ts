import { EventEmitter } from 'node:events'
import type { Head } from '../db/log/queries.ts'

const EVERY_MS = 1000

/**
 * Tells listeners when the head moved: at once for this process's own commits, and by one look a second for those of others, and
 * only while somebody listens. However many desks are connected, the database sees at most one query a second.
 */
export class HeadWatch {
  readonly #read: () => Promise<Head>
  readonly #onError: (e: Error) => void
  readonly #moved = new EventEmitter().setMaxListeners(0)
  #last: Head | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #again = false

  constructor(read: () => Promise<Head>, onError: (e: Error) => void) {
    this.#read = read
    this.#onError = onError
  }

  /** Calls `take` with the head now and at every move; answers how to stop. */
  listen(take: (head: Head) => void): () => void {
    this.#moved.on('head', take)
    if (this.#last) take(this.#last)
    this.#timer ??= setInterval(() => this.poke(), EVERY_MS).unref()
    this.poke()
    return () => {
      this.#moved.off('head', take)
      if (this.#moved.listenerCount('head') === 0) this.stop()
    }
  }

  /** Looks now: the head has moved, or may have. */
  poke(): void {
    if (this.#moved.listenerCount('head') === 0) return
    if (this.#looking) {
      this.#again = true
      return
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined
      if (!this.#again) return
      this.#again = false
      this.poke()
    })
  }

  /** How many listen. */
  get listeners(): number {
    return this.#moved.listenerCount('head')
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#last = undefined
  }

  async #look(): Promise<void> {
    try {
      const head = await this.#read()
      if (this.#last && this.#last.epoch === head.epoch && this.#last.head === head.head) return
      this.#last = head
      this.#moved.emit('head', head)
    } catch (e) {
      this.#onError(e as Error)
    }
  }
}

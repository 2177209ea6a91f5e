import { setTimeout as pause } from 'node:timers/promises'
import type { Seq } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import type { Head } from '../db/log/queries.ts'

/** How long a reader waits for events that are visible and may still get lost. */
const PATIENCE_MS = 2_000

/**
 * The end of the log that no failover takes back. PostgreSQL shows a commit whose connection was cut while it waited for its standby
 * (or that was there before a crash) although the standby may not have it; desks that were told would know what after a failover never
 * happened. So events of others are told only when a commit of our own behind them was answered.
 */
export class DurableHead {
  readonly #read: () => Promise<Head>
  readonly #commit: () => Promise<void>
  readonly #patienceMs: number
  #sure: Head | null = null
  #settling: Promise<void> | null = null

  /** `commit` writes something small and ends when the database answered for it. */
  constructor(read: () => Promise<Head>, commit: () => Promise<void>, patienceMs = PATIENCE_MS) {
    this.#read = read
    this.#commit = commit
    this.#patienceMs = patienceMs
  }

  /** A commit of this process was answered: it and everything before it stays. */
  own(seq: Seq): void {
    if (this.#sure && seq > this.#sure.head) this.#sure = { ...this.#sure, head: seq }
  }

  /** The last head known to stay, without asking the database; null before the first question. */
  get known(): Head | null {
    return this.#sure
  }

  /**
   * The head now, as far as it stays.
   * @throws ProblemError `registry-unreachable` when the database cannot say what stays (its standby does not answer)
   */
  async read(): Promise<Head> {
    const head = await this.#read()
    if (this.#covers(head)) return this.#note(head)
    const settled = this.#settle(head)
    // when nobody waits any more, the next question meets what went wrong
    settled.catch(() => undefined)
    const stop = new AbortController()
    const waited = pause(this.#patienceMs, null, { signal: stop.signal }).catch(() => null)
    await Promise.race([settled, waited])
    stop.abort()
    if (this.#sure?.epoch !== head.epoch) throw trouble('registry-unreachable', { registry: '', reason: 'standby' })
    return { ...head, head: Math.min(head.head, this.#sure.head) }
  }

  /** Ends when everything visible at the call stays. */
  async settled(): Promise<void> {
    await this.#settle(await this.#read())
  }

  async #settle(head: Head): Promise<void> {
    while (!this.#covers(head)) {
      this.#settling ??= this.#once().finally(() => {
        this.#settling = null
      })
      await this.#settling
    }
  }

  async #once(): Promise<void> {
    const head = await this.#read()
    await this.#commit()
    this.#note(head)
  }

  #covers({ epoch, head }: Head): boolean {
    return this.#sure?.epoch === epoch && this.#sure.head >= head
  }

  /** What else belongs to the head (oldest event, sample) is taken over as it is. */
  #note(head: Head): Head {
    const seq = this.#sure?.epoch === head.epoch ? Math.max(this.#sure.head, head.head) : head.head
    this.#sure = { ...head, head: seq }
    return head
  }
}

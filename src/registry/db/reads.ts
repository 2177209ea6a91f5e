import { setTimeout as pause } from 'node:timers/promises'
import type { Seq } from '../../domain/fact.ts'
import { readHead } from './log/queries.ts'
import type { Database } from './pool.ts'

/** How long a read waits for a replica to come up to it. */
const PATIENCE_MS = 300
const LOOK_AGAIN_MS = 25
/** A replica that failed is left alone this long. */
const REST_MS = 5_000

/** Where reads were served, for the metrics. */
export interface ReadCounts {
  replica: number
  primary: number
}

/** Spreads reads over replicas that are far enough; whatever they cannot serve in time goes to the primary. */
export class Reads {
  readonly counts: ReadCounts = { replica: 0, primary: 0 }
  readonly #primary: Database
  readonly #replicas: readonly Database[]
  readonly #onError: (e: Error) => void
  readonly #restingUntil = new Map<Database, number>()
  #turn = 0

  constructor(primary: Database, replicas: readonly Database[], onError: (e: Error) => void) {
    this.#primary = primary
    this.#replicas = replicas
    this.#onError = onError
  }

  get hasReplicas(): boolean {
    return this.#replicas.length > 0
  }

  /** Runs `read` on a database that has this epoch's events up to `seq`. `read` may run twice: it only reads. */
  async at<T>({ epoch, seq }: { epoch: string; seq: Seq }, read: (db: Database) => Promise<T>): Promise<T> {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      const replica = this.#next()
      if (!replica) break
      try {
        const head = await readHead(replica)
        if (head.epoch === epoch && head.head >= seq) {
          const value = await read(replica)
          this.counts.replica++
          return value
        }
      } catch (e) {
        // gone, black-holed, or it cancelled the read to go on with its recovery: the primary knows the same
        this.#restingUntil.set(replica, Date.now() + REST_MS)
        this.#onError(e as Error)
        continue
      }
      if (Date.now() >= until) break
      await pause(LOOK_AGAIN_MS)
    }
    this.counts.primary++
    return read(this.#primary)
  }

  async close(): Promise<void> {
    for (const replica of this.#replicas) await replica.close()
  }

  #next(): Database | undefined {
    const now = Date.now()
    const awake = this.#replicas.filter((replica) => (this.#restingUntil.get(replica) ?? 0) <= now)
    return awake[this.#turn++ % Math.max(awake.length, 1)]
  }
}

import type { CacheStore } from '../db/store.ts'
import type { Topic } from './desk.ts'
import type { Jobs } from './jobs.ts'
import { isRelisting, relistChunk } from './relist.ts'

const JOB = 'relist'

/** Brings the stored lists up to the facts in the background, one run at a time. */
export class Relisting {
  readonly #cache: CacheStore
  readonly #jobs: Jobs
  readonly #changed: (...topics: readonly Topic[]) => void
  readonly #stop: AbortSignal
  #running: Promise<void> | null = null

  constructor(cache: CacheStore, jobs: Jobs, changed: (...topics: readonly Topic[]) => void, stop: AbortSignal) {
    this.#cache = cache
    this.#jobs = jobs
    this.#changed = changed
    this.#stop = stop
  }

  /** Ends when the lists are at the cursor, or the desk stops: what is left then goes on at the next start. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #run(): Promise<void> {
    if (!isRelisting(this.#cache.read)) return
    await this.#jobs.run({ id: JOB, kind: 'relist', subject: '', unit: 'imeis' }, async (job) => {
      let done = 0
      for (;;) {
        // a lookup or a click between two chunks does not wait for the lists
        await new Promise((resolve) => setImmediate(resolve))
        if (this.#stop.aborted) return
        const went = relistChunk(this.#cache)
        if (went === null) break
        done += went
        job.progress(done, null)
      }
    })
    this.#changed('listing', 'status')
  }
}

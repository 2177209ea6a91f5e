import type { Job } from '../../contract/engine/session.ts'
import { trouble } from '../../domain/problem.ts'

/** A piece of long work as the window shows it. */
export interface RunningJob {
  /** Aborted when the officer cancels; then throw `cancelled` and leave nothing behind. */
  readonly signal: AbortSignal
  progress(done: number, total: number | null): void
  end(state: 'done' | 'failed' | 'cancelled'): void
}

const NOTICE_EVERY_MS = 200
const KEPT_ENDED = 20

/** Registry of running and lately ended jobs. `tell` gets each change, at most five a second for one job. */
export class Jobs {
  readonly #jobs = new Map<string, { job: Job; abort: AbortController; started: number; told: number }>()
  readonly #tell: (job: Job) => void
  readonly #clock: () => number
  constructor(tell: (job: Job) => void, clock: () => number = () => performance.now()) {
    this.#tell = tell
    this.#clock = clock
  }

  start(what: Pick<Job, 'id' | 'kind' | 'subject' | 'unit'>): RunningJob {
    const started = this.#clock()
    const entry = {
      job: { ...what, done: 0, total: null, perSecond: 0, state: 'running' } as Job,
      abort: new AbortController(),
      started,
      told: started,
    }
    this.#jobs.delete(what.id)
    this.#jobs.set(what.id, entry)
    this.#tell(entry.job)
    return {
      signal: entry.abort.signal,
      progress: (done, total) => {
        const now = this.#clock()
        const seconds = (now - started) / 1000
        entry.job = { ...entry.job, done, total, perSecond: seconds > 0 ? Math.round(done / seconds) : 0 }
        if (now - entry.told < NOTICE_EVERY_MS) return
        entry.told = now
        this.#tell(entry.job)
      },
      end: (state) => {
        entry.job = { ...entry.job, state }
        this.#tell(entry.job)
        this.#forgetOld()
      },
    }
  }

  /** Runs work as a job and ends the job as the work ended. */
  async run<T>(
    what: Pick<Job, 'id' | 'kind' | 'subject' | 'unit'>,
    work: (job: RunningJob) => Promise<T> | T,
  ): Promise<T> {
    const job = this.start(what)
    try {
      const value = await work(job)
      job.end('done')
      return value
    } catch (error) {
      job.end(job.signal.aborted ? 'cancelled' : 'failed')
      throw job.signal.aborted ? trouble('cancelled', { job: what.id }) : error
    }
  }

  list(): Job[] {
    return [...this.#jobs.values()].map((j) => j.job)
  }

  /** Asks a job to stop; one that has ended or is not known is left alone. */
  cancel(id: string): void {
    this.#jobs.get(id)?.abort.abort()
  }

  cancelAll(): void {
    for (const { abort } of this.#jobs.values()) abort.abort()
  }

  #forgetOld(): void {
    const ended = [...this.#jobs].filter(([, j]) => j.job.state !== 'running').map(([id]) => id)
    for (const id of ended.slice(0, -KEPT_ENDED)) this.#jobs.delete(id)
  }
}

import type { Job } from '../../contract/engine/session.ts'
import { trouble } from '../../domain/problem.ts'

/** A piece of long work as the window shows it. */
export interface RunningJob {
  /**
   * Aborted when the officer cancels; then throw `cancelled` and leave nothing behind. Its reason is STOPPING when the desk is closed:
   * what can go on after the next start may then stay.
   */
  readonly signal: AbortSignal
  /** Its turn has come: it no longer waits for other work. */
  begin(): void
  /** Calls back at once and whenever the officer pauses the work or lets it go on. */
  watchPause(tell: (paused: boolean) => void): void
  progress(done: number, total: number | null): void
  end(state: 'done' | 'failed' | 'cancelled'): void
}

/** Reason of an abort because the desk is being closed. */
export const STOPPING = 'stopping'

const NOTICE_EVERY_MS = 200
const KEPT_ENDED = 20

type What = Pick<Job, 'id' | 'kind' | 'subject' | 'unit'>

interface Entry {
  job: Job
  readonly abort: AbortController
  started: number
  told: number
  pausedAt: number | null
  tellPause: (paused: boolean) => void
}

const isEnded = ({ state }: Job): boolean => state === 'done' || state === 'failed' || state === 'cancelled'

/** Registry of running and lately ended jobs. `tell` gets each change, at most five a second for one job. */
export class Jobs {
  readonly #jobs = new Map<string, Entry>()
  readonly #tell: (job: Job) => void
  readonly #clock: () => number
  constructor(tell: (job: Job) => void, clock: () => number = () => performance.now()) {
    this.#tell = tell
    this.#clock = clock
  }

  /** @param state `queued` where it waits for its turn; `begin` ends that */
  start(what: What, state: 'running' | 'queued' = 'running'): RunningJob {
    const started = this.#clock()
    const entry: Entry = {
      job: { ...what, done: 0, total: null, perSecond: 0, state },
      abort: new AbortController(),
      started,
      told: started,
      pausedAt: null,
      tellPause: () => undefined,
    }
    this.#jobs.delete(what.id)
    this.#jobs.set(what.id, entry)
    this.#tell(entry.job)
    return {
      signal: entry.abort.signal,
      begin: () => {
        entry.started = this.#clock()
        if (entry.job.state === 'queued') this.#tellState(entry, 'running')
      },
      watchPause: (tell) => {
        entry.tellPause = tell
        tell(entry.pausedAt !== null)
      },
      progress: (done, total) => {
        const now = this.#clock()
        const seconds = (now - entry.started) / 1000
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
    what: What,
    work: (job: RunningJob) => Promise<T> | T,
    state: 'running' | 'queued' = 'running',
  ): Promise<T> {
    const job = this.start(what, state)
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
    for (const { abort } of this.#jobs.values()) abort.abort(STOPPING)
  }

  /** Halts a job where it can be halted, also one that waits its turn; it keeps what it has. */
  pause(id: string): void {
    const entry = this.#jobs.get(id)
    if (!entry || isEnded(entry.job) || entry.pausedAt !== null) return
    entry.pausedAt = this.#clock()
    entry.tellPause(true)
    this.#tellState(entry, 'paused')
  }

  /** Lets a halted job go on; the time it stood still does not count into its rate. */
  resume(id: string): void {
    const entry = this.#jobs.get(id)
    if (!entry || isEnded(entry.job) || entry.pausedAt === null) return
    entry.started += this.#clock() - entry.pausedAt
    entry.pausedAt = null
    entry.tellPause(false)
    this.#tellState(entry, 'running')
  }

  #tellState(entry: Entry, state: Job['state']): void {
    entry.job = { ...entry.job, state }
    this.#tell(entry.job)
  }

  #forgetOld(): void {
    const ended = [...this.#jobs].filter(([, j]) => isEnded(j.job)).map(([id]) => id)
    for (const id of ended.slice(0, -KEPT_ENDED)) this.#jobs.delete(id)
  }
}

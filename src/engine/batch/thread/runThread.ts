import type { Worker } from 'node:worker_threads'
import { type Problem, ProblemError, trouble } from '../../../domain/problem.ts'
import { type RunningJob, STOPPING } from '../../sync/jobs.ts'

/** Read by threads between stretches of rows: place 0 is 1 to stop, 2 to stop because the desk closes, place 1 is 1 to stand still until it is 0 again. */
export type StopFlag = Int32Array<SharedArrayBuffer>

/** What a thread tells. `done` of progress is a share of the whole, 0 to 1. */
export type ThreadMessage =
  | { readonly t: 'progress'; readonly done: number }
  | { readonly t: 'done'; readonly result: unknown }
  | { readonly t: 'problem'; readonly problem: Problem }

/** A thread that does not stop by itself within this time is ended. */
const PATIENCE_MS = 400

/**
 * Runs long work in a thread of its own, so that the engine keeps answering. Aborting throws `cancelled` within half a second; what
 * the thread may have left behind is for the caller to remove. A bug in the thread rejects with its error.
 */
export function runThread<Result>(
  start: (stop: StopFlag) => Worker,
  signal: AbortSignal,
  progress: (done: number) => void,
  watchPause: RunningJob['watchPause'] = () => undefined,
): Promise<Result> {
  if (signal.aborted) return Promise.reject(trouble('cancelled'))
  const stop: StopFlag = new Int32Array(new SharedArrayBuffer(8))
  const worker = start(stop)
  return new Promise<Result>((resolve, reject) => {
    let result: { readonly value: Result } | null = null
    let failure: unknown = null
    let patience: NodeJS.Timeout | undefined
    const abort = (): void => {
      Atomics.store(stop, 0, signal.reason === STOPPING ? 2 : 1)
      pause(false)
      patience = setTimeout(() => void worker.terminate(), PATIENCE_MS)
    }
    const pause = (paused: boolean): void => {
      Atomics.store(stop, 1, paused && !signal.aborted ? 1 : 0)
      Atomics.notify(stop, 1)
    }
    watchPause(pause)
    signal.addEventListener('abort', abort, { once: true })
    worker.on('message', (message: ThreadMessage) => {
      if (message.t === 'progress') progress(message.done)
      else if (message.t === 'done') result = { value: message.result as Result }
      else failure = new ProblemError(message.problem)
    })
    worker.on('error', (error) => {
      failure = error
    })
    worker.on('exit', () => {
      clearTimeout(patience)
      signal.removeEventListener('abort', abort)
      if (signal.aborted) reject(trouble('cancelled'))
      else if (result) resolve(result.value)
      else reject(failure ?? new Error('a thread ended without a result'))
    })
  })
}

import { parentPort, workerData } from 'node:worker_threads'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import { asProblem } from '../../sheetProblem.ts'
import type { StopFlag, ThreadMessage } from './runThread.ts'

/** What work inside a thread may do besides working. */
export interface ThreadTools {
  /** Throws `cancelled` once the engine wants the thread to stop; stands still while it wants a pause. */
  checkStop(): void
  /** Whether it is to stop because the desk is being closed, so that it may go on after the next start. */
  isClosing(): boolean
  /** Tells how far the work is, 0 to 1. */
  tell(done: number): void
}

/** Progress is told no oftener than people see it. */
const TELLING_MS = 40

/** The other end of `runThread`: does the work on the task given and tells how it ended. A bug ends the thread as an error. */
export async function threadWork<Task, Result>(
  work: (task: Task, tools: ThreadTools) => Promise<Result> | Result,
): Promise<void> {
  const { task, stop } = workerData as { task: Task; stop: StopFlag }
  const post = (message: ThreadMessage): void => parentPort?.postMessage(message)
  let told = 0
  const tools: ThreadTools = {
    checkStop: () => {
      Atomics.wait(stop, 1, 1)
      if (Atomics.load(stop, 0) !== 0) throw trouble('cancelled')
    },
    isClosing: () => Atomics.load(stop, 0) === 2,
    tell: (done) => {
      const now = performance.now()
      if (now - told < TELLING_MS) return
      told = now
      post({ t: 'progress', done })
    },
  }
  try {
    post({ t: 'done', result: await work(task, tools) })
  } catch (error) {
    const known = asProblem(error)
    if (!(known instanceof ProblemError)) throw error
    post({ t: 'problem', problem: known.problem })
  }
}

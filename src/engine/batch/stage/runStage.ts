import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { removeFile } from '../../db/removeFile.ts'
import { type RunningJob, STOPPING } from '../../sync/jobs.ts'
import { runThread } from '../thread/runThread.ts'
import { removeStaging } from './stagingFile.ts'
import type { StageResult, StageTask } from './task.ts'

/** Cells live for a moment only: a small nursery keeps a million rows a hundred megabytes smaller and takes no more time. */
const YOUNG_MB = 48

/** Stages a file in a thread of its own; what fails or is cancelled leaves no file. */
export async function runStage(
  task: StageTask,
  signal: AbortSignal,
  progress: (done: number) => void,
  watchPause: RunningJob['watchPause'],
): Promise<StageResult> {
  mkdirSync(dirname(task.stagingFile), { recursive: true, mode: 0o700 })
  try {
    return await runThread<StageResult>(
      (stop) =>
        new Worker(new URL('./stage.worker.ts', import.meta.url), {
          workerData: { task, stop },
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
        }),
      signal,
      progress,
      watchPause,
    )
  } catch (error) {
    if (signal.reason === STOPPING) throw error
    removeStaging(task.stagingFile)
    // a copy that was there before belongs to a batch that stays
    if (task.keep.sha256 === null) removeFile(task.keep.path)
    throw error
  }
}

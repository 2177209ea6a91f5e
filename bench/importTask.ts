import { dirname, join } from 'node:path'
import { keptPath, stagingPath } from '../src/engine/batch/stage/stagingFile.ts'
import type { StageTask } from '../src/engine/batch/stage/task.ts'

/** Mirror of the desk that imports a file: it is there before an import begins. */
export const mirrorBeside = (file: string): string => join(dirname(file), 'cache.db')

export const BENCH_KEY = 'b4'.repeat(32)

/** A customs file as the desk stages it: with the copy it keeps and with checkpoints. */
export function stageTask(path: string, home: string, cacheFile: string): StageTask {
  const batch = '01900000-0000-7000-8000-000000000000'
  return {
    batch,
    file: { path },
    layout: { kind: 'customs', profiles: [] },
    kind: 'customs',
    source: 'customs',
    full: false,
    today: '2025-12-01',
    keyHex: BENCH_KEY,
    stagingFile: stagingPath(home, batch),
    keep: { path: keptPath(home, batch), sha256: null },
    checkpointRows: 50_000,
    resumes: false,
    steps: [],
    cacheFile,
  }
}

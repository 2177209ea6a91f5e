import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ProblemError } from '../src/domain/problem.ts'
import { BATCH_MIGRATIONS } from '../src/engine/batch/migrations.ts'
import { runStage } from '../src/engine/batch/stage/runStage.ts'
import { stagingFolder } from '../src/engine/batch/stage/stagingFile.ts'
import { openHome } from '../src/engine/db/home.ts'
import { BENCH_KEY, stageTask } from './importTask.ts'

/** An officer who cancels must see the import gone within this time. */
const LIMIT_MS = 500

/** Cancels an import when so much of it is done, again and again: how long until it is gone, and what it leaves. */
export async function cancelImports(path: string, shares: readonly number[]): Promise<void> {
  console.log(
    '\n## cancelled imports\n\n| done when cancelled | ms until gone | × limit of 500 ms | files left |\n|---|---|---|---|',
  )
  for (const share of shares) {
    const { ms, left } = await cancelAt(path, share)
    console.log(`| ${(share * 100).toFixed(0)} % | ${ms.toFixed(0)} | ${(ms / LIMIT_MS).toFixed(2)} | ${left} |`)
    if (ms > LIMIT_MS || left > 0) process.exitCode = 1
  }
}

async function cancelAt(path: string, share: number): Promise<{ ms: number; left: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-bench-'))
  const home = openHome(folder, BENCH_KEY, BATCH_MIGRATIONS)
  try {
    const stop = new AbortController()
    let asked = 0
    const progress = (done: number): void => {
      if (done < share || stop.signal.aborted) return
      asked = performance.now()
      stop.abort()
    }
    const ended = await runStage(
      stageTask(path, folder, home.cache.path),
      stop.signal,
      progress,
      () => () => undefined,
    ).then(
      () => 'done',
      (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
    )
    if (ended !== 'cancelled') throw new Error(`cancelled at ${share} the import ended as ${ended}`)
    return { ms: performance.now() - asked, left: readdirSync(stagingFolder(folder)).length }
  } finally {
    home.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

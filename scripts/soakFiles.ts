// `npm run soak -- files [--files N] [--seed S]`: damaged files through reader, layout and checks. A chunk of mutants is one process,
// so that a crash, a hang and the memory of each are seen from outside; the number of a mutant makes it again.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { importOf, mutantOf, originals } from '../test/engine/batch/fuzzing.ts'

const CHUNK = 1000
const MEMORY_MB = 512
/** No damaged file of some kilobytes takes longer by itself. */
const HANG_MS = 20_000

interface ChunkResult {
  readonly outcomes: Record<string, number>
  readonly crashes: readonly string[]
  readonly slowestMs: number
  readonly memoryMb: number
}

async function chunk(first: number, count: number): Promise<ChunkResult> {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-soak-files-'))
  const outcomes: Record<string, number> = {}
  const crashes: string[] = []
  let slowestMs = 0
  let stopped = false
  process.on('SIGTERM', () => {
    stopped = true
  })
  try {
    const from = await originals(folder)
    for (let number = first; number < first + count && !stopped; number++) {
      const begun = performance.now()
      // told before it is read, so that a hang has a number
      process.send?.({ number })
      const outcome = await importOf(mutantOf(from, number), join(folder, 'mutant')).catch((error: unknown) => {
        crashes.push(`${number}: ${error instanceof Error ? error.stack?.split('\n').slice(0, 3).join(' ') : error}`)
        return 'CRASH'
      })
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      slowestMs = Math.max(slowestMs, performance.now() - begun)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { outcomes, crashes, slowestMs, memoryMb: process.resourceUsage().maxRSS / 1024 }
}

function inProcess(first: number, count: number): Promise<ChunkResult & { readonly hang?: number }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--chunk', `${first}:${count}`], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    let last = first
    let result: ChunkResult | null = null
    let patience = setTimeout(() => child.kill('SIGKILL'), HANG_MS * 3)
    child.on('message', (message: { number: number } | { result: ChunkResult }) => {
      if ('result' in message) result = message.result
      else {
        last = message.number
        clearTimeout(patience)
        patience = setTimeout(() => child.kill('SIGKILL'), HANG_MS)
      }
    })
    child.on('exit', (code, signal) => {
      clearTimeout(patience)
      const broken = { outcomes: {}, slowestMs: 0, memoryMb: 0 }
      if (result) resolve(result)
      else if (signal === 'SIGKILL') resolve({ ...broken, crashes: [], hang: last })
      else resolve({ ...broken, crashes: [`${last}: the process ended with ${code ?? signal}`] })
    })
  })
}

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    chunk: { type: 'string' },
  },
})
if (values.chunk !== undefined) {
  const [first = 0, count = 0] = values.chunk.split(':').map(Number)
  process.send?.({ result: await chunk(first, count) })
  process.disconnect()
} else {
  const files = Number(values.files)
  const seed = Number(values.seed)
  const begun = performance.now()
  const starts = Array.from({ length: Math.ceil(files / CHUNK) }, (_, i) => i * CHUNK)
  const outcomes: Record<string, number> = {}
  const crashes: string[] = []
  const hangs: number[] = []
  let slowestMs = 0
  let memoryMb = 0
  let tried = 0
  const worker = async (): Promise<void> => {
    for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
      const done = await inProcess(seed + start, Math.min(CHUNK, files - start))
      for (const [code, n] of Object.entries(done.outcomes)) outcomes[code] = (outcomes[code] ?? 0) + n
      crashes.push(...done.crashes)
      if (done.hang !== undefined) hangs.push(done.hang)
      slowestMs = Math.max(slowestMs, done.slowestMs)
      tried += Object.values(done.outcomes).reduce((sum, n) => sum + n, 0)
      memoryMb = Math.max(memoryMb, done.memoryMb)
    }
  }
  // stopped early it tells what was found so far
  process.on('SIGTERM', () => starts.splice(0))
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker))
  console.log('outcome                    files')
  for (const [code, n] of Object.entries(outcomes).sort(([, a], [, b]) => b - a))
    console.log(`${code.padEnd(24)} ${String(n).padStart(7)}`)
  for (const crash of crashes) console.log(`crash ${crash}`)
  for (const hang of hangs) console.log(`hang  ${hang}`)
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1)
  console.log(
    `\n${tried} files, ${crashes.length} crashes, ${hangs.length} hangs, slowest ${slowestMs.toFixed(0)} ms, ` +
      `${memoryMb.toFixed(0)} MB at most (limit ${MEMORY_MB}), ${minutes} minutes`,
  )
  process.exitCode = crashes.length + hangs.length === 0 && memoryMb <= MEMORY_MB ? 0 : 1
}

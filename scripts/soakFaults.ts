// `npm run soak`: the fault suites at their full size, and a table of what was found.
// `npm run soak -- --share 0.05 --only mixed --seed 7 --lanes 1`: a part of the size, the suites whose file names contain a word,
// another walk, how many at once. A suite is done in rounds, each with a registry and desks that are new and a seed of its own: what a
// fault costs does not grow with those before it.
// Everything lies in memory where the system has a file system for it, and the program is compiled once: a kill leaves the same files
// there as on a disk. `--disk` takes the system's temporary folder instead.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startCluster } from '../src/registry/embedded/cluster.ts'
import type { Told } from '../test/sync/faults/size.ts'
import { NODE24, ROOT, tool } from './checkout.mjs'

/** Each suite with the rounds its full size is done in. */
const SUITES: readonly (readonly [file: string, rounds: number])[] = [
  ['test/sync/faults/mixed.test.ts', 80],
  ['test/sync/faults/killedImport.test.ts', 10],
  ['test/engine/core/killed.test.ts', 4],
  ['test/sync/faults/writeAhead.test.ts', 10],
  ['test/sync/faults/model.test.ts', 200],
  ['test/sync/faults/failover.test.ts', 6],
]
const MEMORY = '/dev/shm'
const MEMORY_WANTED = 6e9

const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '20261123' },
    lanes: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    disk: { type: 'boolean', default: false },
  },
})
const share = Number(values.share)
if (!(share > 0 && share <= 1)) throw new TypeError(`--share ${values.share}: more than 0, at most 1`)

interface Round {
  readonly file: string
  readonly of: number
  readonly seed: number
}

function roomInMemory(): boolean {
  if (values.disk || !existsSync(MEMORY)) return false
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize > MEMORY_WANTED
}

const folder = mkdtempSync(join(roomInMemory() ? MEMORY : tmpdir(), 'tamga-soak-'))
// the account of the database passes through
chmodSync(folder, 0o755)
const report = join(folder, 'report.jsonl')
const environment = { TMPDIR: folder, NODE_COMPILE_CACHE: join(folder, 'compiled'), TAMGA_SOAK_REPORT: report }

/** Processes that are killed never keep what was compiled, so it is kept before. */
function compileOnce(): void {
  for (const program of ['engine/openDesk.ts', 'registry/start.ts']) {
    const text = `await import(${JSON.stringify(join(ROOT, 'src', program))}); (await import('node:module')).flushCompileCache(); process.exit()`
    execFileSync(NODE24, ['--input-type=module', '--eval', text], { env: { ...process.env, ...environment } })
  }
}

/** Ends a suite with everything it started; what ended by itself is gone already. */
function endGroup(suite: ChildProcess): void {
  try {
    if (suite.pid) process.kill(-suite.pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

const running = new Set<ChildProcess>()
let stopped = false

function play(round: Round, postgres: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(NODE24, [tool('vitest'), 'run', round.file], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      // with the desks and registries that it starts
      detached: true,
      env: {
        ...process.env,
        ...environment,
        TAMGA_TEST_POSTGRES: postgres,
        TAMGA_SOAK: String(share / round.of),
        TAMGA_SEED: String(round.seed),
      },
    })
    running.add(child)
    let said = ''
    child.stdout?.on('data', (piece) => {
      said += piece
    })
    child.once('exit', (code) => {
      running.delete(child)
      endGroup(child)
      if (code !== 0 && !stopped) process.stdout.write(`${round.file}, seed ${round.seed}:\n${said}\n`)
      resolve(code === 0)
    })
  })
}

function printOutcomes(minutes: number): void {
  const outcomes = existsSync(report)
    ? readFileSync(report, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Told)
    : []
  const sums = new Map<string, Omit<Told, 'fault'>>()
  for (const { fault, ...more } of outcomes) {
    const sum = sums.get(fault)
    const add = (key: keyof typeof more): number => (sum?.[key] ?? 0) + more[key]
    sums.set(fault, {
      count: add('count'),
      lost: add('lost'),
      doubled: add('doubled'),
      gaps: add('gaps'),
      halfApplied: add('halfApplied'),
      seconds: add('seconds'),
    })
  }
  const width = Math.max(5, ...[...sums.keys()].map((fault) => fault.length))
  console.log(`\n${'fault'.padEnd(width)}    count  lost  doubled  gaps  half-applied  ms each`)
  for (const [fault, o] of sums) {
    const cells = [String(o.lost).padStart(4), String(o.doubled).padStart(7), String(o.gaps).padStart(4)]
    const each = ((o.seconds * 1000) / o.count).toFixed(0)
    console.log(
      `${fault.padEnd(width)}  ${String(o.count).padStart(7)}  ${cells.join('  ')}  ${String(o.halfApplied).padStart(12)}  ${each.padStart(7)}`,
    )
  }
  console.log(`\n${minutes.toFixed(1)} minutes, share ${share}`)
}

const rounds = SUITES.filter(([file]) => file.includes(values.only)).flatMap(([file, full]) => {
  const of = Math.max(1, Math.ceil(full * share))
  return Array.from({ length: of }, (_, i): Round => ({ file, of, seed: Number(values.seed) + i }))
})
const begun = performance.now()
let failed = 0
// stopped early it tells what was found so far
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped = true
    rounds.splice(0)
    for (const child of running) endGroup(child)
  })
try {
  compileOnce()
  const cluster = await startCluster(join(folder, 'postgres'))
  const lane = async (): Promise<void> => {
    for (let round = rounds.shift(); round; round = rounds.shift())
      if (!(await play(round, cluster.url('postgres'))) && !stopped) failed++
  }
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane))
  printOutcomes((performance.now() - begun) / 60_000)
  if (failed > 0) console.log(`${failed} rounds failed`)
  await cluster.stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failed === 0 ? 0 : 1)

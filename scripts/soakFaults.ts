// `npm run soak`: the fault suites in rounds, until each has done what is wanted of it (soakSuites.ts) or the time is over.
// `--minutes 40`: begins no round that would end later. `--record`: adds each round, when it ended, to docs/soak.md, and goes on
// where the runs before ended. `--share 0.05`: a part of the sizes. `--only mixed,model`: these suites. `--lanes 1`: how many rounds at
// once. `--from 7 --rounds 1`: rounds by number, which is their seed, for one that failed.
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
import {
  add,
  commitTried,
  type Entry,
  entries,
  type Found,
  keep,
  nextRound,
  nothing,
  progress,
  sumOf,
  sumTable,
} from './soakLedger.ts'
import { SUITES, type Suite } from './soakSuites.ts'

const MEMORY = '/dev/shm'
const MEMORY_WANTED = 6e9

const { values } = parseArgs({
  options: {
    share: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    from: { type: 'string' },
    rounds: { type: 'string', default: 'Infinity' },
    minutes: { type: 'string', default: 'Infinity' },
    record: { type: 'boolean', default: false },
    lanes: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    disk: { type: 'boolean', default: false },
  },
})
const share = Number(values.share)
if (!(share > 0 && share <= 1)) throw new TypeError(`--share ${values.share}: more than 0, at most 1`)
const minutes = Number(values.minutes)
if (!(minutes > 0)) throw new TypeError(`--minutes ${values.minutes}: more than 0`)
const only = values.only.split(',').filter((name) => name !== '')
const suites = SUITES.filter(({ name }) => only.length === 0 || only.includes(name))
if (suites.length === 0) throw new TypeError(`--only ${values.only}: ${SUITES.map(({ name }) => name).join(', ')}`)

function roomInMemory(): boolean {
  if (values.disk || !existsSync(MEMORY)) return false
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize > MEMORY_WANTED
}

const folder = mkdtempSync(join(roomInMemory() ? MEMORY : tmpdir(), 'tamga-soak-'))
// the account of the database passes through
chmodSync(folder, 0o755)
const environment = { TMPDIR: folder, NODE_COMPILE_CACHE: join(folder, 'compiled') }

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

interface Round {
  readonly suite: Suite
  readonly number: number
  readonly cases: number
}

const running = new Set<ChildProcess>()
let stopped = false

/** Makes a round and answers what it found; null when it was cut off: then nothing of it counts. */
function play({ suite, number, cases }: Round, postgres: string): Promise<Found | null> {
  const report = join(folder, `${suite.name}-${number}.jsonl`)
  const begun = performance.now()
  return new Promise((resolve) => {
    const child = spawn(NODE24, [tool('vitest'), 'run', suite.file, '--bail=1'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      // with the desks and registries that it starts
      detached: true,
      env: {
        ...process.env,
        ...environment,
        TAMGA_TEST_POSTGRES: postgres,
        TAMGA_FAULTS: String(cases),
        TAMGA_FAULTS_REPORT: report,
        TAMGA_SEED: String(number),
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
      if (stopped) return resolve(null)
      if (code !== 0) process.stdout.write(`${suite.file}, round ${number}:\n${said}\n`)
      const found = { ...nothing(), failed: code === 0 ? 0 : 1, minutes: (performance.now() - begun) / 60_000 }
      for (const { count, ...more } of told(report)) add(found, { ...nothing(), ...more, cases: count })
      resolve(found)
    })
  })
}

const told = (report: string): Told[] =>
  existsSync(report)
    ? readFileSync(report, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Told)
    : []

const before = entries()
/** What this run did, by suite. */
const done = new Map<Suite, Entry>()
/** Cases that this run has begun or done, and the number of its next round, by suite. */
const begunCases = new Map<Suite, number>()
const numbers = new Map(
  suites.map((suite) => [suite, values.from ? Number(values.from) : nextRound(before, suite.name)]),
)
const msEach = new Map(suites.map((suite) => [suite, suite.msEach]))
const end = performance.now() + minutes * 60_000
let roundsLeft = Number(values.rounds)

/** The next round of the suite that is furthest behind; null when all is done or no time is left. */
function nextToPlay(): Round | null {
  if (stopped || roundsLeft <= 0) return null
  const all = values.record ? before : []
  const behind = (suite: Suite): number => progress(suite, all) + (begunCases.get(suite) ?? 0) / suite.wanted
  for (const suite of [...suites].sort((a, b) => behind(a) - behind(b))) {
    const begun = begunCases.get(suite) ?? 0
    const most = Math.min(suite.wanted * share, suite.wanted - sumOf(all, suite.name).cases) - begun
    const fitting = Math.floor((end - performance.now()) / (msEach.get(suite) ?? suite.msEach))
    const cases = Math.ceil(Math.min(suite.round, most, fitting))
    if (cases < 1 || (cases < suite.round / 4 && cases < most)) continue
    const number = numbers.get(suite) ?? 1
    numbers.set(suite, number + 1)
    begunCases.set(suite, begun + cases)
    roundsLeft--
    return { suite, number, cases }
  }
  return null
}

const commit = commitTried()
function take({ suite, number, cases }: Round, found: Found): void {
  // a round may count more cases than it was asked for; one that failed is not made up for, or it would never end
  const counted = found.failed > 0 ? Math.max(cases, found.cases) : found.cases
  begunCases.set(suite, (begunCases.get(suite) ?? 0) + counted - cases)
  const date = new Date().toISOString().slice(0, 10)
  const entry = done.get(suite) ?? { date, commit, suite: suite.name, first: number, last: number, ...nothing() }
  entry.first = Math.min(entry.first, number)
  entry.last = Math.max(entry.last, number)
  add(entry, found)
  done.set(suite, entry)
  if (entry.cases > 0) msEach.set(suite, (entry.minutes * 60_000) / entry.cases)
  if (values.record) keep([...before, ...done.values()])
}

// stopped early it tells what was found so far
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stopped = true
    for (const child of running) endGroup(child)
  })
const begun = performance.now()
try {
  compileOnce()
  const cluster = await startCluster(join(folder, 'postgres'))
  const lane = async (): Promise<void> => {
    for (let round = nextToPlay(); round; round = nextToPlay()) {
      const found = await play(round, cluster.url('postgres'))
      if (found) take(round, found)
    }
  }
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane))
  await cluster.stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

console.log(`\n${((performance.now() - begun) / 60_000).toFixed(1)} minutes, commit ${commit}. This run:\n`)
for (const [suite, { first, last, cases, failed }] of done)
  console.log(
    `${suite.name.padEnd(15)} rounds ${first}-${last}  ${cases} cases  ${Math.round(msEach.get(suite) ?? 0)} ms each  ${failed} failed`,
  )
console.log(`\nWith what was recorded before:\n\n${sumTable([...before, ...done.values()])}`)
const bad = [...done.values()].some((e) => e.failed + e.lost + e.doubled + e.gaps + e.halfApplied > 0)
process.exit(bad ? 1 : 0)

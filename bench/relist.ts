/**
 * The stored lists after a large batch, against applying the batch itself (its limit is 1.5 times that), on an encrypted mirror that holds as
 * many IMEIs elsewhere: nothing of it known; a third known, where nothing of them changes; a third known, where all of them change.
 *   node bench/relist.ts [--rows 1000000]
 * A process of its own for each case, several times, the middle one of each told: both by the clock and by CPU. Each of the two steps ends with what it wrote
 * brought home from the write-ahead file, so that neither pays for the other.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openHome } from '../src/engine/db/home.ts'
import { pull } from '../src/engine/sync/pull.ts'
import { relistChunk } from '../src/engine/sync/relist.ts'
import { BatchSource, EPOCH } from './largeBatch.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '3' },
    case: { type: 'string' },
  },
})
const rows = Number(values.rows)
const LIMIT = 1.5
const DAYS = 30

interface Case {
  readonly name: string
  /** First day of what the batch before it says of a third of its IMEIs; null: nothing is known. */
  readonly known: string | null
}
const CASES: Readonly<Record<string, Case>> = {
  new: { name: 'nothing known', known: null },
  same: { name: 'a third known, nothing of them changes', known: '2025-10-01' },
  moved: { name: 'a third known, all of them change', known: '2025-12-15' },
}
const BATCH_FROM = '2025-11-10'

/** Keys with gaps as real serials have; `beside` others lie between them. */
function* keys(count: number, beside: (i: number) => number): Generator<number> {
  for (let i = 0; i < count; i++) yield 86_000_000_000_000 + i * 7 + beside(i)
}
function* elsewhere(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield 35_000_000_000_000 + i * 3
}

interface Time {
  readonly wall: number
  readonly cpu: number
}
interface Found {
  readonly apply: Time
  readonly lists: Time
  readonly memory: number
  readonly listed: number
}

async function measured({ known }: Case): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'tamga-relist-bench-'))
  const home = openHome(join(folder, 'home'), 'e5'.repeat(32), [])
  try {
    const source = new BatchSource()
    const nothing = () => undefined
    const applied = () =>
      pull(
        {
          cache: home.cache,
          source,
          now: () => '2026-02-01T00:00:00.000Z',
          changed: nothing,
          progress: nothing,
          copied: nothing,
        },
        EPOCH,
      )
    const merged = async () => {
      // as the desk does it: what an officer asks meanwhile comes between two chunks
      while (relistChunk(home.cache) !== null) await new Promise(setImmediate)
    }
    source.add({ no: 1, from: '2025-10-01', days: DAYS, parts: [elsewhere(rows)] })
    if (known) source.add({ no: 2, from: known, days: DAYS, parts: [keys(rows, () => 0)] })
    await applied()
    await merged()
    home.cache.checkpoint()
    source.add({ no: 3, from: BATCH_FROM, days: DAYS, parts: [keys(rows, (i) => (known && i % 3 === 0 ? 0 : 1))] })
    const timed = async (work: () => Promise<unknown>): Promise<Time> => {
      const start = performance.now()
      const before = process.cpuUsage()
      await work()
      home.cache.checkpoint()
      const { user, system } = process.cpuUsage(before)
      return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 }
    }
    const apply = await timed(applied)
    const lists = await timed(merged)
    const listed = home.cache.read.value<number>('SELECT count(*) FROM listed') ?? 0
    return { apply, lists, memory: process.resourceUsage().maxRSS / 1024, listed }
  } finally {
    home.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function inOwnProcess(name: string): Found {
  const script = [fileURLToPath(import.meta.url), '--rows', String(rows), '--case', name]
  const { stdout, status, stderr } = spawnSync(process.execPath, script, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

const ratio = ({ apply, lists }: Found, of: keyof Time): number => lists[of] / apply[of]
const middle = (found: readonly Found[], of: keyof Time): Found => {
  const sorted = found.toSorted((a, b) => ratio(a, of) - ratio(b, of))
  return sorted[sorted.length >> 1] as Found
}

const asked = values.case === undefined ? undefined : CASES[values.case]
if (asked) console.log(JSON.stringify(await measured(asked)))
else {
  console.log(`| ${rows} rows | applied, s | its lists, s | × | CPU: applied, s | its lists, s | × | limit × | MB |`)
  console.log('|---|---|---|---|---|---|---|---|---|')
  for (const [key, { name }] of Object.entries(CASES)) {
    const found = Array.from({ length: Number(values.times) }, () => inOwnProcess(key))
    const row = (['wall', 'cpu'] as const).flatMap((of) => {
      const { apply, lists } = middle(found, of)
      return [apply[of].toFixed(2), lists[of].toFixed(2), (lists[of] / apply[of]).toFixed(2)]
    })
    const memory = Math.max(...found.map((one) => one.memory))
    console.log(`| ${name} | ${row.join(' | ')} | ${LIMIT} | ${Math.round(memory)} |`)
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { appealCounts, queue } from '../src/engine/appeal/queue.ts'
import { supervision } from '../src/engine/appeal/supervision.ts'
import { wholeAppeal } from '../src/engine/appeal/whole.ts'
import { openHome } from '../src/engine/db/home.ts'
import type { Desk } from '../src/engine/sync/desk.ts'
import { fillAppeals, madeNumber } from './manyAppeals.ts'

/**
 * The queue over many appeals, one of them with its comparison, and the supervisor's figures, against their limits (queue of 100,000
 * opens in 300 ms, a comparison in 10 ms). `node bench/appeals.ts [appeals]`.
 */
const appeals = Number(process.argv[2] ?? 100_000)
const folder = mkdtempSync(join(tmpdir(), 'tamga-bench-'))
const home = openHome(folder, 'e5'.repeat(32), [])
const NOW = '2026-11-23T06:00:00.000Z'

const officer = { id: 'approver', name: 'A', role: 'approver' } as const
const desk = {
  home,
  now: () => NOW,
  session: { officer: () => officer, officerOrNull: () => officer },
} as unknown as Desk

/** Median and worst of several runs, after one that warms the page cache. */
function measure(name: string, limitMs: number, times: number, work: (i: number) => unknown): void {
  work(0)
  const took = Array.from({ length: times }, (_, i) => {
    const begun = performance.now()
    work(i)
    return performance.now() - begun
  }).sort((a, b) => a - b)
  const [median, worst] = [took[times >> 1] ?? 0, took.at(-1) ?? 0]
  console.log(
    `${name.padEnd(44)} ${median.toFixed(1).padStart(8)} ms, worst ${worst.toFixed(1).padStart(8)} ms; ${(limitMs / median).toFixed(1)} times within ${limitMs} ms`,
  )
}

try {
  const begun = performance.now()
  fillAppeals(home, appeals, '2026-11-23')
  console.log(`${appeals} appeals applied in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  const all = { state: null, open: true, mine: false, due: null, after: null, limit: 100 }
  const none = { route: null, officer: null, complaint: false, text: '' }
  measure('queue opens (open appeals)', 300, 20, () => queue(desk, all))
  measure('its counts', 300, 20, () => appealCounts(desk))
  measure('page in the middle', 300, 20, () => queue(desk, { ...all, after: { dueAt: '2026-12-01', id: 'A' } }))
  measure('by route', 300, 20, () => queue(desk, { ...all, filter: { ...none, route: 'gift' } }))
  measure('by part of a name', 300, 20, () => queue(desk, { ...all, filter: { ...none, text: 'үлгі айгүл 4242' } }))
  measure('an appeal with its facts and comparison', 10, 200, (i) => wholeAppeal(desk, madeNumber((i * 487) % appeals)))
  measure('supervision of 30 days', 2000, 5, () => supervision(desk, { from: '2026-10-25', to: '2026-11-23' }))
} finally {
  home.close()
  rmSync(folder, { recursive: true, force: true })
}

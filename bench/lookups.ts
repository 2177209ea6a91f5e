import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { DEFAULT_POLICY } from '../src/domain/defaultPolicy.ts'
import { imei15Text } from '../src/domain/imei.ts'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { addPolicy } from '../src/registry/db/directory/queries.ts'
import { openDatabase } from '../src/registry/db/openDatabase.ts'
import { startCluster } from '../src/registry/embedded/cluster.ts'
import { checkImei } from '../src/registry/public/checkImei.ts'
import { ChecksTogether } from '../src/registry/public/checksTogether.ts'
import { simulate } from '../src/registry/simulate/simulate.ts'
import { FIRST_KEY, fillNational, KEY_STEP } from './nationalRows.ts'

/**
 * Lookups at the registry on one pool, as the public check makes them: facts of one IMEI with their documents, and the policy's answer;
 * against the bare fetch of one row by its key. The limit is 5,000 a second over 30 million.
 * `node bench/lookups.ts [listings] [lookups] [--keep folder]`: a kept database is filled once and used again.
 */
const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true })
const listings = Number(positionals[0] ?? 1_000_000)
const lookups = Number(positionals[1] ?? 20_000)
/** Questions under way at once: as many as the pool has connections, and a busy hour. */
const AT_ONCE = [12, 64]
const LIMIT = 5000
/** Of a million grey IMEIs. */
const SIMULATION_LIMIT_S = 5
const NOW = '2026-01-10T06:00:00.000Z'

const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'tamga-bench-'))
const isFilled = values.keep !== undefined && existsSync(folder)
if (values.keep !== undefined && !isFilled) mkdirSync(folder)
const cluster = await startCluster(folder)
try {
  if (!isFilled) await createDatabase(cluster.url('postgres'), 'bench')
  const db = await openDatabase(cluster.url('bench'), () => undefined)
  if (!isFilled) await fillNational(db, listings)
  if (!(await db.one('SELECT 1 FROM policy'))) await addPolicy(db, DEFAULT_POLICY)
  const keyOf = (n: number): number => FIRST_KEY + ((n * 7_919 * 104_729) % listings) * KEY_STEP
  const rate = async (atOnce: number, one: (key: number) => Promise<void>): Promise<string[]> => {
    const took: number[] = []
    const start = performance.now()
    const worker = async (from: number): Promise<void> => {
      for (let n = from; n < lookups; n += atOnce) {
        const asked = performance.now()
        await one(keyOf(n))
        took.push(performance.now() - asked)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, (_, i) => worker(i)))
    rates.push(lookups / ((performance.now() - start) / 1000))
    took.sort((a, b) => a - b)
    const at = (share: number) => (took[Math.floor(took.length * share)] ?? 0).toFixed(1)
    const now = rates.at(-1) ?? 0
    return [Math.round(now).toString(), (now / (rates[0] ?? now)).toFixed(2), at(0.5), at(0.99)]
  }
  const rates: number[] = []
  const rows: string[][] = []
  const bare = (atOnce: number) =>
    rate(atOnce, async (key) => {
      await db.one('SELECT doc FROM fact WHERE imei14 = $1', [key])
    })
  const checks = new ChecksTogether()
  let listed = 0
  const looked = (atOnce: number) =>
    rate(atOnce, async (key) => {
      const { list } = await checkImei(checks, db, imei15Text(key), NOW)
      if (list !== 'unknown') listed++
    })
  // what the first reads bring into memory is not counted
  await bare(12)
  rates.length = 0
  for (const atOnce of AT_ONCE) rows.push([`bare: one row by its key, ${atOnce} at once`, ...(await bare(atOnce)), ''])
  for (const atOnce of AT_ONCE) {
    const figures = await looked(atOnce)
    const verdict = Number(figures[0]) >= LIMIT ? 'within' : 'BELOW'
    rows.push([`public check: facts, documents, policy, ${atOnce} at once`, ...figures, verdict])
  }
  if (listed !== lookups * AT_ONCE.length) throw new Error(`${listed} of ${lookups * AT_ONCE.length} were on a list`)
  console.log(`\n## Lookups at the registry over ${listings} IMEIs, limit ${LIMIT} a second\n`)
  console.log('| | a second | × bare | p50 ms | p99 ms | |\n|---|---|---|---|---|---|')
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)

  const grey = (await db.one<{ n: number }>("SELECT count(*) AS n FROM listing WHERE list = 'grey'"))?.n ?? 0
  const start = performance.now()
  const own = process.cpuUsage()
  const ask = { from: null, to: null, set: [{ key: 'graceDays' as const, value: '60' }], today: '2025-11-20' }
  const { moved, narrowed } = await simulate(db, ask, new AbortController().signal)
  const { user, system } = process.cpuUsage(own)
  const seconds = (performance.now() - start) / 1000
  const limit = (SIMULATION_LIMIT_S * Math.max(grey, 1e6)) / 1e6
  console.log(
    `\nTried policy over ${grey} grey IMEIs${narrowed ? ' and the black ones' : ' and everything else'}: ${moved} move, ${seconds.toFixed(2)} s, ` +
      `${((user + system) / 1e6).toFixed(2)} CPU s of the registry, ${(seconds / limit).toFixed(2)} × the limit of ${limit.toFixed(1)} s`,
  )
  await db.close()
} finally {
  await cluster.stop()
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}

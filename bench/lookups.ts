import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DEFAULT_POLICY } from '../src/domain/defaultPolicy.ts'
import { listingOf } from '../src/domain/policy.ts'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { factsOf } from '../src/registry/db/fact/queries.ts'
import { openDatabase } from '../src/registry/db/openDatabase.ts'
import { startCluster } from '../src/registry/embedded/cluster.ts'
import { FIRST_KEY, fillNational, KEY_STEP } from './nationalRows.ts'

/**
 * Lookups at the registry on one pool: facts of one IMEI with their documents, and the policy's answer; against the bare fetch of one
 * row by its key: `node bench/lookups.ts [listings] [lookups]`. The limit is 5,000 a second over 30 million.
 */
const listings = Number(process.argv[2] ?? 1_000_000)
const lookups = Number(process.argv[3] ?? 20_000)
const AT_ONCE = 12

const folder = mkdtempSync(join(tmpdir(), 'tamga-bench-'))
const cluster = await startCluster(folder)
try {
  await createDatabase(cluster.url('postgres'), 'bench')
  const db = await openDatabase(cluster.url('bench'), () => undefined)
  await fillNational(db, listings)
  const keyOf = (n: number): number => FIRST_KEY + ((n * 7_919 * 104_729) % listings) * KEY_STEP
  const rate = async (one: (key: number) => Promise<void>): Promise<number> => {
    const start = performance.now()
    const worker = async (from: number): Promise<void> => {
      for (let n = from; n < lookups; n += AT_ONCE) await one(keyOf(n))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => worker(i)))
    return lookups / ((performance.now() - start) / 1000)
  }
  let listed = 0
  const bare = await rate(async (key) => {
    await db.one('SELECT doc FROM fact WHERE imei14 = $1', [key])
  })
  const looked = await rate(async (key) => {
    const facts = (await factsOf(db, [key])).get(key) ?? []
    if (listingOf(facts, DEFAULT_POLICY).list !== 'none') listed++
  })
  if (listed !== lookups) throw new Error(`${listed} of ${lookups} were on a list`)
  console.log(`\n## Lookups at the registry over ${listings} IMEIs\n\n| | a second | × bare |\n|---|---|---|`)
  console.log(`| bare: one row by its key | ${Math.round(bare)} | 1.00 |`)
  console.log(`| facts, documents, policy | ${Math.round(looked)} | ${(looked / bare).toFixed(2)} |`)
  await db.close()
} finally {
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
}

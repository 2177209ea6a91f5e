/**
 * Figures of the lists at the registry from the summary that every act adds to, against counting the rows of the lists:
 *   node bench/registry-figures.ts [millions]
 * The acts carry made-up moves; noting, applying and asking are the registry's own.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { addDays } from '../src/domain/businessDate.ts'
import { FigureTally } from '../src/domain/figureTally.ts'
import { type Listing, ON_NO_LIST } from '../src/domain/listing.ts'
import { createDatabase } from '../src/registry/db/createDatabase.ts'
import { applyMoves, noteFigures, numberAct, startMoving } from '../src/registry/db/fact/queries.ts'
import { figuresAt } from '../src/registry/db/figure/queries.ts'
import { openDatabase } from '../src/registry/db/openDatabase.ts'
import { transaction } from '../src/registry/db/transaction.ts'
import { startCluster } from '../src/registry/embedded/cluster.ts'

const millions = Number(process.argv[2] ?? 5)
const ACT = 1_000_000
const EVER = { from: '2000-01-01', to: '2099-12-31' }

/** Of every hundred IMEIs of an act: 90 white, 9 grey, 1 black; listed on the days of a year. */
const listingOf = (i: number, day: string): Listing => {
  if (i % 100 === 0) return { list: 'black', reason: 'stolen', since: day, deadline: null }
  if (i % 100 < 10) return { list: 'grey', reason: 'not-confirmed', since: day, deadline: addDays(day, 30) }
  return { list: 'white', reason: 'customs-declared', since: day, deadline: null }
}

const timed = async <T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> => {
  const start = performance.now()
  const value = await work()
  return { value, ms: performance.now() - start }
}

const folder = await mkdtemp(join(tmpdir(), 'tamga-figures-'))
const cluster = await startCluster(folder)
try {
  await createDatabase(cluster.url('postgres'), 'bench')
  const db = await openDatabase(cluster.url('bench'), () => undefined)
  for (let act = 1; act <= millions; act++)
    await transaction(db, async (tx) => {
      await startMoving(tx)
      const tally = new FigureTally()
      for (let day = 0; day < 365; day++)
        for (let kind = 0; kind < 100; kind++)
          tally.add(ON_NO_LIST, listingOf(kind, addDays('2025-01-01', day)), Math.round(ACT / 36_500))
      await noteFigures(tx, tally.changes())
      // the rows that stand in the lists; white ones have none
      await tx.run(
        `INSERT INTO moved SELECT $1::bigint * 1000000 + i, 'none', NULL, NULL, NULL,
           CASE WHEN i % 100 = 0 THEN 'black' ELSE 'grey' END, CASE WHEN i % 100 = 0 THEN 'stolen' ELSE 'not-confirmed' END,
           date '2025-01-01' + (i / 100 % 365), CASE WHEN i % 100 = 0 THEN NULL ELSE date '2025-01-31' + (i / 100 % 365) END
         FROM generate_series(0, ${ACT - 1}) i WHERE i % 100 < 10`,
        [86_000_000 + act],
      )
      await applyMoves(tx, act)
      await numberAct(tx, act, act)
    })
  await db.run('ANALYZE listing_figure')
  const rows = (await db.one<{ n: number }>('SELECT count(*)::bigint AS n FROM listing_figure'))?.n
  console.log(
    `${millions} million IMEIs on the lists in ${millions} acts, ${rows} rows of summary\n\n| | ms |\n|---|---|`,
  )
  for (const by of ['list', 'reason', 'month', 'deadline'] as const) {
    const { ms } = await timed(() => figuresAt(db, millions, { list: null, by, ...EVER }))
    console.log(`| by ${by}, from the summary | ${ms.toFixed(0)} |`)
  }
  const { ms: then } = await timed(() => figuresAt(db, Math.ceil(millions / 2), { list: null, by: 'reason', ...EVER }))
  console.log(`| by reason as of the middle, from the summary | ${then.toFixed(0)} |`)
  const full = await timed(() =>
    db.all<{ key: string; count: number }>('SELECT reason AS key, count(*)::bigint AS count FROM listing GROUP BY 1'),
  )
  const grey = await figuresAt(db, millions, { list: 'grey', by: 'reason', ...EVER })
  console.log(`| grey and black by reason, every stored row counted | ${full.ms.toFixed(0)} |`)
  console.log(`\ngrey by the summary ${grey[0]?.count}, limit 5,000 ms`)
  await db.close()
} finally {
  await cluster.stop()
  await rm(folder, { recursive: true, force: true })
}

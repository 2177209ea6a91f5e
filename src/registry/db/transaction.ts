import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { connectionLost, type Database, type Sql, sqlOn, sqlState } from './pool.ts'

/** An open transaction. */
export interface Tx extends Sql {
  readonly client: pg.PoolClient
  /** Runs `work`; when it answers `keep: false` everything it wrote is taken back, the transaction goes on. */
  attempt<T>(work: () => Promise<{ keep: boolean; value: T }>): Promise<T>
}

/** serialization failure, deadlock, lock not available: the same transaction may pass when run again */
const PASSING = new Set(['40001', '40P01', '55P03'])
const TRIES = 8

/** Runs `work` in a transaction of its own, again from the start when it lost against another one. */
export async function transaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.withClient((client) => once(client, 'BEGIN ISOLATION LEVEL READ COMMITTED', work))
    } catch (e) {
      if (!PASSING.has(sqlState(e)) || tries >= TRIES) throw e
      await pause(2 ** tries + Math.random() * 20)
    }
  }
}

/** Several reads of one moment. */
export const snapshot = <T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.withClient((client) => once(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work))

const FETCH = 20_000

/** All rows of a query as arrays of values, some thousand at a time, in the open transaction; the next ones are on their way meanwhile. */
export async function* cursorRows<R extends readonly unknown[]>(
  tx: Tx,
  text: string,
  values: readonly unknown[],
): AsyncGenerator<R> {
  const name = `rows_${++cursors}`
  // all rows are wanted, so the plan that gives the first ones soonest is the wrong one
  await tx.run('SET LOCAL cursor_tuple_fraction = 1')
  await tx.run(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`, values)
  const fetch = async (): Promise<R[]> =>
    (await tx.client.query({ text: `FETCH FORWARD ${FETCH} FROM ${name}`, rowMode: 'array' })).rows as unknown as R[]
  const ahead = (): Promise<R[]> => {
    const rows = fetch()
    // looked at when its turn comes; until then nobody hears that it failed
    rows.catch(() => undefined)
    return rows
  }
  let coming = ahead()
  for (;;) {
    const rows = await coming
    const more = rows.length === FETCH
    if (more) coming = ahead()
    yield* rows
    if (!more) break
  }
  await tx.run(`CLOSE ${name}`)
}
let cursors = 0

async function once<T>(client: pg.PoolClient, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  await client.query(begin)
  try {
    const value = await work(txOn(client))
    // of a transaction in which a statement failed, a COMMIT is a ROLLBACK that raises nothing
    const { command } = await client.query('COMMIT')
    if (command !== 'COMMIT') throw new Error('a failed statement was passed over: nothing was committed')
    return value
  } catch (e) {
    if (!connectionLost(e)) await client.query('ROLLBACK')
    throw e
  }
}

const txOn = (client: pg.PoolClient): Tx => ({
  ...sqlOn(client),
  client,
  attempt: async (work) => {
    await client.query('SAVEPOINT attempt')
    const { keep, value } = await work()
    await client.query(keep ? 'RELEASE SAVEPOINT attempt' : 'ROLLBACK TO SAVEPOINT attempt')
    return value
  },
})

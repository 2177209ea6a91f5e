import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Instant } from '../../src/domain/fact.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { createDatabase } from '../../src/registry/db/createDatabase.ts'
import { setOfficer } from '../../src/registry/db/directory/queries.ts'
import { setSample } from '../../src/registry/db/log/queries.ts'
import { openDatabase } from '../../src/registry/db/openDatabase.ts'
import { type RegistryOptions, startRegistry } from '../../src/registry/start.ts'
import { SAMPLE_OFFICERS } from '../../src/sample/officers.ts'

/** A registry of a test: officers of the sample directory, desks may enrol, no facts. */
export interface TestRegistry {
  readonly url: string
  readonly database: string
  readonly data: string
  /** A client of its own on the registry's database. */
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>
  /** Sets the registry's clock. */
  at(instant: Instant): void
  /** Builds a snapshot now. */
  buildSnapshot(): Promise<void>
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** A new empty database on the PostgreSQL of this test run. */
export async function freshDatabase(): Promise<string> {
  const server = process.env.TAMGA_TEST_POSTGRES
  if (!server) throw new Error('no PostgreSQL for tests: see test/registry/postgres.ts')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await createDatabase(server, name)
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

/** Starts a registry on a fresh database; `policy` replaces parts of the default one. */
export async function testRegistry(
  options: Partial<RegistryOptions> & { policy?: Partial<Policy> } = {},
): Promise<TestRegistry> {
  const database = await freshDatabase()
  const data = await mkdtemp(join(tmpdir(), 'tamga-registry-'))
  let clock: Instant | null = null
  const { policy, ...given } = options
  const start = () =>
    startRegistry({ data, database, log: 'silent', now: () => clock ?? new Date().toISOString(), ...given })
  let running = await start()
  const db = await openDatabase(database, () => undefined)
  await setSample(db)
  for (const officer of SAMPLE_OFFICERS) await setOfficer(db, officer)
  if (policy) await db.run('UPDATE policy SET doc = $1', [JSON.stringify({ ...DEFAULT_POLICY, ...policy })])
  await db.close()
  return {
    get url() {
      return running.url
    },
    database,
    data,
    query: async (text, values) => {
      const client = new pg.Client({ connectionString: database })
      await client.connect()
      try {
        return (await client.query(text, values)).rows
      } finally {
        await client.end()
      }
    },
    at: (instant) => {
      clock = instant
    },
    buildSnapshot: () => running.buildSnapshot(),
    restart: async () => {
      await running.stop()
      running = await start()
    },
    stop: async () => {
      await running.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Instant } from '../../src/domain/fact.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { type RegistryOptions, startRegistry } from '../../src/registry/start.ts'
import { askOnce, freshDatabase, furnish } from './furnishedDatabase.ts'

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

/** Starts a registry on a database of its own, a fresh one unless one is given; `policy` replaces parts of the default one. */
export async function testRegistry(
  options: Partial<RegistryOptions> & { policy?: Partial<Policy> } = {},
): Promise<TestRegistry> {
  const database = options.database ?? (await freshDatabase())
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'tamga-registry-')))
  let clock: Instant | null = null
  const { policy, ...given } = options
  const start = () =>
    startRegistry({ data, database, log: 'silent', now: () => clock ?? new Date().toISOString(), ...given })
  let running = await start()
  await furnish(database)
  if (policy) await askOnce(database, 'UPDATE policy SET doc = $1', [JSON.stringify({ ...DEFAULT_POLICY, ...policy })])
  return {
    get url() {
      return running.url
    },
    database,
    data,
    query: (text, values) => askOnce(database, text, values),
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

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { createDatabase } from '../../src/registry/db/createDatabase.ts'
import { setOfficer } from '../../src/registry/db/directory/queries.ts'
import { setSample } from '../../src/registry/db/log/queries.ts'
import { openDatabase } from '../../src/registry/db/openDatabase.ts'
import { SAMPLE_OFFICERS } from '../../src/sample/officers.ts'

/** The PostgreSQL of this test run; see postgres.ts. */
function server(): string {
  const url = process.env.TAMGA_TEST_POSTGRES
  if (!url) throw new Error('no PostgreSQL for tests: see test/registry/postgres.ts')
  return url
}

const databaseOf = (name: string): string => {
  const url = new URL(server())
  url.pathname = `/${name}`
  return url.href
}
const freshName = (): string => `t_${randomUUID().replaceAll('-', '')}`

/** A client a question: faults do not spare those of the test. */
export async function askOnce<R extends pg.QueryResultRow>(
  database: string,
  text: string,
  values?: unknown[],
): Promise<R[]> {
  const client = new pg.Client({ connectionString: database })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<R>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** A client of a test's own that stays connected, for suites that ask thousands of times. */
export interface Asking {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>
  end(): Promise<void>
}

export async function asking(database: string): Promise<Asking> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  return { query: async (text, values) => (await client.query(text, values)).rows, end: () => client.end() }
}

/** A new empty database on the PostgreSQL of this test run. */
export async function freshDatabase(): Promise<string> {
  const name = freshName()
  await createDatabase(server(), name)
  return databaseOf(name)
}

/** Puts into a registry's database what tests need: officers, and that desks may enrol themselves. */
export async function furnish(database: string): Promise<void> {
  const db = await openDatabase(database, () => undefined)
  await setSample(db)
  for (const officer of SAMPLE_OFFICERS) await setOfficer(db, officer)
  await db.close()
}

let template: Promise<string> | undefined

/** A furnished database of a registry of its own, copied from one whose schema is made once a test file. */
export async function furnishedDatabase(): Promise<string> {
  template ??= freshDatabase().then(async (url) => {
    await furnish(url)
    return url
  })
  const copy = await copyOf(await template)
  await askOnce(copy, 'UPDATE counter SET epoch = gen_random_uuid(), installation = gen_random_uuid()')
  return copy
}

/** The same registry's database once more, of one that nobody is connected to: whoever knows the one takes the other for it. */
export async function copyOf(database: string): Promise<string> {
  const name = freshName()
  await askOnce(server(), `CREATE DATABASE ${name} TEMPLATE ${new URL(database).pathname.slice(1)}`)
  return databaseOf(name)
}

/** For suites that open hundreds of registries: whoever is connected is cut off. */
export async function dropDatabase(database: string): Promise<void> {
  await askOnce(server(), `DROP DATABASE IF EXISTS ${new URL(database).pathname.slice(1)} WITH (FORCE)`)
}

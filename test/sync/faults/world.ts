import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { setOfficer } from '../../../src/registry/db/directory/queries.ts'
import { setSample } from '../../../src/registry/db/log/queries.ts'
import { openDatabase } from '../../../src/registry/db/openDatabase.ts'
import { SAMPLE_OFFICERS } from '../../../src/sample/officers.ts'
import { freshDatabase } from '../../registry/testRegistry.ts'
import { freePort, RegistryProcess, type RegistryProcessOptions } from './registryProcess.ts'

/** Puts into a registry's database what tests need: officers, and that desks may enrol themselves. */
export async function furnish(database: string): Promise<void> {
  const db = await openDatabase(database, () => undefined)
  await setSample(db)
  for (const officer of SAMPLE_OFFICERS) await setOfficer(db, officer)
  await db.close()
}

let template: Promise<string> | undefined

async function ask<R extends pg.QueryResultRow>(database: string, text: string, values?: unknown[]): Promise<R[]> {
  // a client a question: faults do not spare those of the test
  const client = new pg.Client({ connectionString: database })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<R>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** A copy of one furnished database: its schema is made once a test file. */
async function copyOfFurnished(): Promise<string> {
  template ??= freshDatabase().then(async (url) => {
    await furnish(url)
    return url
  })
  const from = new URL(await template)
  const copy = new URL(from)
  copy.pathname = `/t_${randomUUID().replaceAll('-', '')}`
  const server = new URL(from)
  server.pathname = '/postgres'
  await ask(server.href, `CREATE DATABASE ${copy.pathname.slice(1)} TEMPLATE ${from.pathname.slice(1)}`)
  // another registry, not the same one twice
  await ask(copy.href, 'UPDATE counter SET epoch = gen_random_uuid(), installation = gen_random_uuid()')
  return copy.href
}

/** A registry process on a database of its own, always at the same address, that can be killed and started again. */
export class World {
  readonly database: string
  readonly folder: string
  readonly port: number
  readonly #options: Pick<RegistryProcessOptions, 'log' | 'more'>
  readonly #ownDatabase: boolean
  #registry: RegistryProcess

  private constructor(
    p: Pick<World, 'database' | 'folder' | 'port'> & { readonly ownDatabase: boolean },
    registry: RegistryProcess,
    options: Pick<RegistryProcessOptions, 'log' | 'more'>,
  ) {
    this.database = p.database
    this.folder = p.folder
    this.port = p.port
    this.#ownDatabase = p.ownDatabase
    this.#registry = registry
    this.#options = options
  }

  static async open(given: Partial<RegistryProcessOptions> = {}): Promise<World> {
    const database = given.database ?? (await copyOfFurnished())
    if (given.database) await furnish(given.database)
    const folder = await mkdtemp(join(tmpdir(), 'tamga-world-'))
    const port = await freePort()
    const options = { log: given.log ?? (() => undefined), more: given.more ?? [] }
    const registry = await RegistryProcess.start({ database, data: join(folder, 'registry'), port, ...options })
    return new World({ database, folder, port, ownDatabase: !given.database }, registry, options)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]> {
    return ask(this.database, text, values)
  }

  async killRegistry(): Promise<void> {
    await this.#registry.kill()
  }

  async startRegistry(): Promise<void> {
    const { database, port } = this
    this.#registry = await RegistryProcess.start({
      database,
      data: join(this.folder, 'registry'),
      port,
      warm: true,
      ...this.#options,
    })
  }

  /** Ends connections of the registry to its database in the middle of what they do; answers how many. */
  async killBackends(most: number): Promise<number> {
    const killed = await this.query(
      `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = current_database()
         AND pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY state = 'idle', pid LIMIT $1) victims`,
      [most],
    )
    return killed.length
  }

  async close(): Promise<void> {
    await this.#registry.kill()
    await rm(this.folder, { recursive: true, force: true })
    if (!this.#ownDatabase) return
    // a soak opens hundreds of worlds
    const server = new URL(this.database)
    const name = server.pathname.slice(1)
    server.pathname = '/postgres'
    await ask(server.href, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
}

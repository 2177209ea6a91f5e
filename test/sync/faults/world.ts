import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { askOnce, dropDatabase, furnish, furnishedDatabase } from '../../registry/furnishedDatabase.ts'
import { freePort, RegistryProcess, type RegistryProcessOptions } from './registryProcess.ts'

let opened = 0

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
    const database = given.database ?? (await furnishedDatabase())
    if (given.database) await furnish(given.database)
    const folder = await mkdtemp(join(tmpdir(), 'tamga-world-'))
    const port = await freePort()
    const options = { log: given.log ?? (() => undefined), more: given.more ?? [] }
    // a test that opens a second world opens many
    const warm = opened++ > 0
    const registry = await RegistryProcess.start({ database, data: join(folder, 'registry'), port, warm, ...options })
    return new World({ database, folder, port, ownDatabase: !given.database }, registry, options)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]> {
    return askOnce(this.database, text, values)
  }

  get registryExited(): Promise<unknown> {
    return this.#registry.exited
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
    if (this.#ownDatabase) await dropDatabase(this.database)
  }
}

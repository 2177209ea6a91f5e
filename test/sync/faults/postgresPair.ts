import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { createDatabase } from '../../../src/registry/db/createDatabase.ts'
import { type Account, databaseAccount } from '../../../src/registry/embedded/account.ts'
import { type Programs, postgresPrograms } from '../../../src/registry/embedded/programs.ts'
import { freePort } from './registryProcess.ts'
import { TcpProxy } from './tcpProxy.ts'

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=64MB',
  'wal_keep_size=512MB',
  'wal_receiver_status_interval=1',
  'wal_receiver_timeout=3s',
  'wal_sender_timeout=3s',
  'timezone=UTC',
]

/** One PostgreSQL server of a pair. */
class Server {
  readonly folder: string
  readonly port: number
  readonly #programs: Programs
  readonly #account: Account
  #child: ChildProcess | undefined

  constructor(folder: string, port: number, programs: Programs, account: Account) {
    this.folder = folder
    this.port = port
    this.#programs = programs
    this.#account = account
  }

  async start(settings: readonly string[]): Promise<void> {
    const flags = [...SETTINGS, ...settings].flatMap((s) => ['-c', s])
    const child = spawn(this.#programs.postgres, ['-D', this.folder, '-p', String(this.port), ...flags], {
      ...this.#account,
      cwd: this.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    })
    this.#child = child
    let said = ''
    child.stderr?.on('data', (piece) => {
      said = (said + piece).slice(-2000)
    })
    const over = new Promise<never>((_, reject) => {
      child.once('exit', (code, signal) => reject(new Error(`PostgreSQL ended (${code ?? signal}): ${said}`)))
    })
    over.catch(() => undefined)
    await Promise.race([this.#answers(), over])
  }

  url(database = 'postgres', port = this.port): string {
    return `postgres://tamga@127.0.0.1:${port}/${database}`
  }

  async query<R extends pg.QueryResultRow>(text: string, database = 'postgres'): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.url(database) })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<R>(text)).rows
    } finally {
      await client.end()
    }
  }

  /** Ends it as a power cut does: nothing is flushed, nobody is told. */
  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  stop(): Promise<void> {
    return this.#end('SIGINT')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }

  async #answers(): Promise<void> {
    for (;;) {
      try {
        await this.query('SELECT 1')
        return
      } catch {
        // starting: refused, or not yet accepting
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    }
  }
}

export type { Server }

/** A stopped cluster with its database, made once a test file: every pair begins as a copy. */
let template: Promise<string> | undefined

async function newCluster(programs: Programs, account: Account): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tamga-cluster-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  await chmod(folder, 0o755)
  const data = join(folder, 'data')
  await mkdir(data, { mode: 0o700 })
  if (account) await chown(data, account.uid, account.gid)
  const auth = ['--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  await promisify(execFile)(programs.initdb, [`--pgdata=${data}`, '--username=tamga', ...auth], {
    ...account,
    cwd: data,
  })
  const server = new Server(data, await freePort(), programs, account)
  await server.start([])
  await createDatabase(server.url(), 'tamga')
  await server.stop()
  return data
}

/** A primary and a streaming standby, with a proxy on the line between them. */
export class PostgresPair {
  readonly primary: Server
  readonly standby: Server
  /** The replication link: standby to primary. */
  readonly link: TcpProxy
  readonly #folder: string

  private constructor(folder: string, primary: Server, standby: Server, link: TcpProxy) {
    this.#folder = folder
    this.primary = primary
    this.standby = standby
    this.link = link
  }

  /** `synchronous`: a commit is answered only when the standby has it on disk. */
  static async start({ synchronous }: { synchronous: boolean }): Promise<PostgresPair> {
    const account = await databaseAccount()
    const programs = await postgresPrograms(account)
    const folder = await mkdtemp(join(tmpdir(), 'tamga-pair-'))
    await chmod(folder, 0o755)
    const owned = async (name: string): Promise<string> => {
      const path = join(folder, name)
      await mkdir(path, { mode: 0o700 })
      if (account) await chown(path, account.uid, account.gid)
      return path
    }
    const first = await owned('one')
    template ??= newCluster(programs, account)
    await cp(await template, first, { recursive: true, preserveTimestamps: true })
    if (account) await own(first, account)
    const primary = new Server(first, await freePort(), programs, account)
    const standby = new Server(await owned('two'), await freePort(), programs, account)
    const link = await TcpProxy.before(primary.port)
    // the standby begins as a copy of the new, stopped primary
    await cp(first, standby.folder, { recursive: true, preserveTimestamps: true })
    await writeFile(join(standby.folder, 'standby.signal'), '')
    if (account) await own(standby.folder, account)
    await primary.start(synchronous ? ['synchronous_standby_names=standby'] : [])
    await standby.start([`primary_conninfo=host=127.0.0.1 port=${link.port} user=tamga application_name=standby`])
    return new PostgresPair(folder, primary, standby, link)
  }

  /** The standby becomes a primary of its own, waiting for nobody. */
  async promote(): Promise<void> {
    await this.standby.query('SELECT pg_promote(true, 60)')
  }

  async stop(): Promise<void> {
    await this.link.close()
    await this.standby.stop()
    await this.primary.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function own(path: string, account: NonNullable<Account>): Promise<void> {
  await chown(path, account.uid, account.gid)
  if (!(await stat(path)).isDirectory()) return
  for (const name of await readdir(path)) await own(join(path, name), account)
}

import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { trouble } from '../../domain/problem.ts'
import { type Account, databaseAccount } from './account.ts'
import { holdFolder } from './holdFolder.ts'
import { clearLeftover, endProcess, readPostmaster } from './postmaster.ts'
import { type Programs, postgresPrograms } from './programs.ts'
import { clusterFolder } from './reach.ts'

/** A running embedded PostgreSQL. */
export interface Cluster {
  /** URL of one of its databases, with the password. */
  url(database: string): string
  /** Ends it and gives the folder back; every committed transaction is on disk. */
  stop(): Promise<void>
}

const USER = 'tamga'

/** Durable by default; only memory and loopback differ from what PostgreSQL ships with. */
const SETTINGS = [
  'fsync=on',
  'synchronous_commit=on',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'shared_buffers=256MB',
  'work_mem=32MB',
  'maintenance_work_mem=256MB',
  'max_wal_size=4GB',
  'jit=off',
  'timezone=UTC',
  'log_timezone=UTC',
]

/**
 * Starts the embedded PostgreSQL of a registry's data folder, making it the first time.
 * @throws ProblemError `home-in-use` while another live process holds the folder; `database-out-of-reach`, `database-missing` where a new
 * database would hide that the old one is gone
 */
export async function startCluster(data: string): Promise<Cluster> {
  const account = await databaseAccount()
  const folder = await clusterFolder(data, account)
  const release = await holdFolder(data)
  try {
    const programs = await postgresPrograms(account)
    await clearLeftover(folder)
    const password = (await passwordKept(data, folder)) ?? (await makeCluster(programs, { data, folder, account }))
    const running = await serve(programs, folder, join(data, 'postgres.log'), account)
    return {
      url: (database) => `postgres://${USER}:${password}@127.0.0.1:${running.port}/${database}`,
      stop: async () => {
        running.guard?.kill('SIGKILL')
        await endProcess(running.pid)
        await release()
      },
    }
  } catch (e) {
    await release()
    throw e
  }
}

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const passwordFile = (data: string): string => join(data, 'postgres.password')

/**
 * The password kept in the data folder; null where no cluster was made for it yet.
 * @throws ProblemError `database-missing` when one was made and is gone: a new one would be empty
 */
async function passwordKept(data: string, folder: string): Promise<string | null> {
  const path = passwordFile(data)
  if (!(await exists(path))) return null
  if (!(await exists(join(folder, 'PG_VERSION')))) throw trouble('database-missing', { folder })
  return readFile(path, 'utf8')
}

/**
 * A new cluster, and last of all its password: a start cut short begins anew. A cluster without password belongs to such a start, or to
 * a data folder that was deleted: it is put aside, not used.
 */
async function makeCluster(
  programs: Programs,
  { data, folder, account }: { readonly data: string; readonly folder: string; readonly account: Account },
): Promise<string> {
  if (await exists(folder)) await rename(folder, `${folder}.old-${Date.now()}`)
  const password = randomBytes(24).toString('hex')
  await initialise(programs, folder, password, account)
  await writeFile(passwordFile(data), password, { mode: 0o600, flush: true })
  return password
}

/** initdb into a folder beside the final one, renamed when whole: a start cut short leaves nothing half-made. */
async function initialise(programs: Programs, folder: string, password: string, account: Account): Promise<void> {
  const fresh = `${folder}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  const secrets = await mkdtemp(join(dirname(folder), 'pw-'))
  const secret = join(secrets, 'password')
  await writeFile(secret, password, { mode: 0o600 })
  if (account) for (const path of [fresh, secrets, secret]) await chown(path, account.uid, account.gid)
  try {
    await finished(
      spawn(
        programs.initdb,
        [
          `--pgdata=${fresh}`,
          `--username=${USER}`,
          `--pwfile=${secret}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          '--locale=C',
        ],
        { ...account, cwd: dirname(fresh), stdio: ['ignore', 'ignore', 'pipe'], env: plainEnv() },
      ),
    )
  } finally {
    await rm(secrets, { recursive: true, force: true })
  }
  await rename(fresh, folder)
}

const plainEnv = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' })

const finished = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}: ${said}`))))
  })

interface Running {
  readonly pid: number
  readonly port: number
  readonly guard: ChildProcess | null
}

async function serve(programs: Programs, folder: string, log: string, account: Account): Promise<Running> {
  for (let tries = 0; ; tries++) {
    const port = await freePort()
    const output = await open(log, 'a', 0o600)
    const flags = SETTINGS.flatMap((s) => ['-c', s])
    // a session of its own: Ctrl-C in a terminal reaches only the registry, which then ends the database in order
    const child = spawn(programs.postgres, ['-D', folder, '-p', String(port), ...flags], {
      ...account,
      cwd: folder,
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: plainEnv(),
    })
    let over = ''
    child.on('error', (e) => {
      over = e.message
    })
    child.on('exit', (code, signal) => {
      over = `ended with ${code ?? signal}`
    })
    child.unref()
    const pid = await readyPid(folder, () => over)
    await output.close()
    if (pid !== null) return { pid, port, guard: guardOf(pid) }
    // somebody else may have taken the port between asking and binding
    if (tries >= 3) throw new Error(`PostgreSQL did not start (${over}); see ${log}`)
  }
}

/** Waits for the line "ready" of postmaster.pid; null when the process ended before. */
async function readyPid(folder: string, over: () => string): Promise<number | null> {
  for (;;) {
    const state = await readPostmaster(folder)
    if (state?.ready) return state.pid
    if (over()) return null
    await pause(20)
  }
}

/** Ends the database when this process dies without doing so: the pipe to the guard closes, whatever killed us. */
function guardOf(pid: number): ChildProcess | null {
  if (process.platform === 'win32') return null
  const guard = spawn('sh', ['-c', `cat >/dev/null; kill -INT ${pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  ;(guard.stdin as unknown as { unref?: () => void } | null)?.unref?.()
  return guard
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })

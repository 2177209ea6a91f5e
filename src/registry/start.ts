import { mkdir, realpath } from 'node:fs/promises'
import { type Logger, pino } from 'pino'
import packageJson from '../../package.json' with { type: 'json' }
import { addDays, endOfBusinessDate } from '../domain/businessDate.ts'
import type { Instant, IsoDate, Seq } from '../domain/fact.ts'
import { KZ_POLICIES } from '../domain/kzPolicy.ts'
import type { Policy } from '../domain/policy.ts'
import { trouble } from '../domain/problem.ts'
import { openSigningKey } from './auth/signingKey.ts'
import { BlobStore } from './blob/blobStore.ts'
import { countWhite } from './commands/countWhite.ts'
import { createDatabase } from './db/createDatabase.ts'
import { addPolicy, foundationSeq, policyFrom } from './db/directory/queries.ts'
import { holdFacts } from './db/fact/queries.ts'
import { publishKey } from './db/key/queries.ts'
import { record } from './db/log/queries.ts'
import { openDatabase } from './db/openDatabase.ts'
import { Database } from './db/pool.ts'
import { Reads } from './db/reads.ts'
import { transaction } from './db/transaction.ts'
import { type Cluster, startCluster } from './embedded/cluster.ts'
import { errorFields } from './errorFields.ts'
import { fillSample } from './fillSample.ts'
import { createApp } from './http/app.ts'
import { registryServices } from './services.ts'
import { SnapshotJob } from './snapshot/snapshotJob.ts'

export interface RegistryOptions {
  /** Folder of the embedded database and the blobs. */
  readonly data: string
  /** postgres:// URL; without it a PostgreSQL of its own is started in `data`. */
  readonly database?: string | undefined
  /** postgres:// URLs of streaming replicas: feed, digests and lookups are read there where they are far enough. */
  readonly read?: readonly string[] | undefined
  /** 0: one the system chooses. */
  readonly port?: number | undefined
  readonly host?: string | undefined
  readonly sample?: 'small' | 'national' | undefined
  /** White IMEIs of the national sample. */
  readonly white?: number | undefined
  readonly log?: 'silent' | 'debug' | 'info' | 'warn' | undefined
  readonly now?: (() => Instant) | undefined
  /** Rows that may come before a new snapshot is built, rows of one of its segments, and events that leave the feed before appeals are folded. */
  readonly snapshot?: { readonly after?: number; readonly rows?: number; readonly foldAfter?: number } | undefined
}

export interface RunningRegistry {
  readonly url: string
  /** The database without its password. */
  readonly database: string
  readonly version: string
  /** Builds a snapshot for new desks now, and collects what it makes superfluous; otherwise that comes by itself. */
  buildSnapshot(): Promise<void>
  /** Answers what is under way, then closes everything, the embedded database too. */
  stop(): Promise<void>
}

/**
 * Starts a registry in this process.
 * @throws ProblemError `port-taken`, `schema-newer`, `home-in-use`
 */
export async function startRegistry(options: RegistryOptions): Promise<RunningRegistry> {
  const serializers = { err: errorFields }
  const log = pino({ level: options.log ?? 'info', base: null, serializers }, pino.destination({ dest: 2, sync: true }))
  const now = options.now ?? (() => new Date().toISOString())
  await mkdir(options.data, { recursive: true })
  const data = await realpath(options.data)
  const undo: (() => unknown)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const url = options.database ?? (await embeddedUrl(data, undo))
    const db = await openDatabase(url, (e) => log.warn({ err: e }, 'database connection lost'))
    undo.push(() => db.close())
    const reads = readsOf(db, options.read ?? [], log)
    undo.push(() => reads.close())
    const blobs = new BlobStore(data)
    if (await countWhite(db)) log.info('white counted')
    const emptyUpTo = await foundation(db, (policy) => (options.sample ? startOf(policy.validFrom) : now()))
    const signer = await openSigningKey(data)
    await publishKey(db, { id: signer.id, publicKey: signer.publicKey, since: now() })
    const { sample, white = 0 } = options
    if (sample && (await fillSample({ db, blobs, signer, emptyUpTo }, sample, white, now())))
      log.info({ sample }, 'filled with sample data')
    const { after = SNAPSHOT_AFTER, rows, foldAfter } = options.snapshot ?? {}
    const snapshots = new SnapshotJob({ db, url, folder: data, blobs, log, now, after, rows, foldAfter })
    undo.push(() => snapshots.stop())
    const services = registryServices(db, reads, blobs, signer, now, log, packageJson.version, snapshots)
    undo.push(() => services.stop())
    const app = await createApp(services, log, packageJson.version)
    undo.push(() => app.close())
    const address = await listen(app, options.host ?? '127.0.0.1', options.port ?? 0)
    log.info({ address }, 'registry serves')
    return {
      url: address,
      database: withoutPassword(url),
      version: packageJson.version,
      buildSnapshot: () => snapshots.build(),
      stop,
    }
  } catch (e) {
    await stop()
    throw e
  }
}

/** Less than this a desk reads from the feed before an officer has signed in. */
const SNAPSHOT_AFTER = 250_000

function readsOf(primary: Database, urls: readonly string[], log: Logger): Reads {
  const onError = (e: Error) => log.warn({ err: e }, 'replica not readable')
  const replicas = urls.map((url) => new Database(url, onError, { replica: true }))
  return new Reads(primary, replicas, onError)
}

async function embeddedUrl(data: string, undo: (() => unknown)[]): Promise<string> {
  const cluster: Cluster = await startCluster(data)
  undo.push(() => cluster.stop())
  await createDatabase(cluster.url('postgres'), 'tamga')
  return cluster.url('tamga')
}

/** What every registry has from its first start, the policy in its versions; answers the number of the last of these events. */
const foundation = (db: Database, atOf: (policy: Policy) => Instant): Promise<Seq> =>
  transaction(db, async (tx) => {
    // several registries may start on the same new database
    await holdFacts(tx)
    const there = await foundationSeq(tx, KZ_POLICIES.length)
    if (there !== null) return there
    let seq: Seq = 0
    for (const policy of KZ_POLICIES) {
      await addPolicy(tx, policy)
      const act = { officer: '', desk: '', act: 'policy-set', subject: String(policy.version) }
      seq = await record(tx, atOf(policy), [{ type: 'policy-set', doc: policy }], [act])
      await policyFrom(tx, policy.version, seq)
    }
    return seq
  })

/** First UTC instant of a business date: sample history begins when the rules came into force. */
const startOf = (date: IsoDate): Instant => endOfBusinessDate(addDays(date, -1))

async function listen(
  app: { listen(o: { host: string; port: number }): Promise<string> },
  host: string,
  port: number,
): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EACCES') throw trouble('port-taken', { port })
    throw e
  }
}

const withoutPassword = (url: string): string => {
  const u = new URL(url)
  u.password = ''
  return u.href
}

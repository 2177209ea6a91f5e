import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { type SnapshotManifest, type SnapshotRef, zSnapshotManifest } from '../../contract/registry/snapshot.ts'
import type { Instant } from '../../domain/fact.ts'
import { ProblemError } from '../../domain/problem.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import {
  addSnapshot,
  dropOlder,
  giveTurnBack,
  growthSince,
  lastSnapshot,
  newestSnapshot,
  takeTurn,
} from '../db/snapshot/queries.ts'
import { transaction } from '../db/transaction.ts'
import { collect } from './collect.ts'

const LOOK_MS = 60_000
const FIRST_LOOK_MS = 2_000
const TURN_MS = 30 * 60_000
const COLLECT_MS = 3_600_000
/** An event takes a desk about as long as so many rows of a segment. */
const ROWS_AN_EVENT = 20

export interface SnapshotParts {
  readonly db: Database
  /** Database and blobs for the thread that builds. */
  readonly url: string
  readonly folder: string
  readonly blobs: BlobStore
  readonly log: Logger
  readonly now: () => Instant
  /** A snapshot is built when so many rows came that none carries, and a tenth of what the last one has. */
  readonly after: number
  /** Rows of one segment; for tests. */
  readonly rows?: number | undefined
  /** Closed appeals are folded when so many more events left the feed; for tests. */
  readonly foldAfter?: number | undefined
}

/** Builds snapshots and collects what they make superfluous, in the background; of several registries one at a time. */
export class SnapshotJob {
  readonly #p: SnapshotParts
  readonly #holder = randomUUID()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<unknown> = Promise.resolve()
  #worker: Worker | null = null
  #seen = -1
  #collected = 0
  #stopped = false

  constructor(parts: SnapshotParts) {
    this.#p = parts
    this.#later(FIRST_LOOK_MS)
  }

  /** What hello tells. */
  async newest(epoch: string): Promise<SnapshotRef | null> {
    const found = await newestSnapshot(this.#p.db, epoch)
    if (!found) return null
    const { format, seq, manifest, bytes, rows } = found
    return { format, seq, manifest, bytes, rows }
  }

  /** Builds one now, whatever has come since the last, and collects. */
  build(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#build()
      await this.#collect()
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#worker?.terminate()
    await this.#running
  }

  #later(ms: number): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#look()
        .catch((error: unknown) => {
          if (!this.#stopped) this.#p.log.warn({ err: error }, 'no snapshot was built')
        })
        .finally(() => this.#later(LOOK_MS))
    }, ms).unref()
  }

  /** One small query while nothing moves. */
  async #look(): Promise<void> {
    const { head, epoch } = await readHead(this.#p.db)
    const aged = Date.now() - this.#collected > COLLECT_MS
    if (head === this.#seen && !aged) return
    this.#seen = head
    const newest = await newestSnapshot(this.#p.db, epoch)
    const { rows, events } = await growthSince(this.#p.db, newest?.seq ?? 0)
    const growth = rows + events * ROWS_AN_EVENT
    // in another epoch desks that stand too far back have nothing to begin with until there is a snapshot
    const needed = newest === null && (await lastSnapshot(this.#p.db)) !== null
    const wanted = growth >= this.#p.after && growth * 10 >= (newest?.rows ?? 0)
    if (!needed && !wanted && !(aged && newest)) return
    await this.#inTurn(async () => {
      if (needed || wanted) await this.#build()
      await this.#collect()
    })
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#running.then(async () => {
      const { db, now } = this.#p
      const until = new Date(Date.parse(now()) + TURN_MS).toISOString()
      if (this.#stopped || !(await takeTurn(db, this.#holder, until, now()))) return
      try {
        await work()
      } finally {
        if (!this.#stopped) await giveTurnBack(db, this.#holder)
      }
    })
    this.#running = turn.catch(() => undefined)
    return turn
  }

  async #build(): Promise<void> {
    const { db, blobs, log, now } = this.#p
    const started = performance.now()
    const manifest = await this.#inThread(await this.#before())
    const bytes = Buffer.from(JSON.stringify(manifest))
    const sha256 = await blobs.put(bytes)
    const { seq, epoch, format, segments } = manifest
    const rows = segments.reduce((sum, s) => sum + s.rows, 0)
    await transaction(db, async (tx) => {
      await addSnapshot(tx, {
        seq,
        epoch,
        format,
        manifest: sha256,
        bytes: bytes.length,
        rows,
        blobs: segments.map((s) => s.sha256),
        builtAt: now(),
      })
      await dropOlder(tx, epoch, seq, now())
    })
    log.info({ seq, rows, segments: segments.length, ms: Math.round(performance.now() - started) }, 'snapshot built')
  }

  async #collect(): Promise<void> {
    const { db, blobs, now, log } = this.#p
    const { epoch } = await readHead(db)
    const { oldest, blobs: removed } = await collect(db, blobs, epoch, now())
    this.#collected = Date.now()
    if (removed > 0) log.info({ oldest, removed }, 'old segments collected')
  }

  async #before(): Promise<SnapshotManifest | null> {
    const last = await lastSnapshot(this.#p.db)
    if (!last) return null
    try {
      return zSnapshotManifest.parse(JSON.parse((await this.#p.blobs.read(last.manifest)).toString()))
    } catch (error) {
      // without its manifest nothing of it can be taken over; all is written anew, from a feed that must be whole
      if (!(error instanceof ProblemError)) throw error
      this.#p.log.warn({ err: error }, 'the last snapshot is lost')
      return null
    }
  }

  #inThread(before: SnapshotManifest | null): Promise<SnapshotManifest> {
    const { url, folder, rows, foldAfter } = this.#p
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./build.worker.ts', import.meta.url), {
        workerData: { url, folder, before, rows, foldAfter },
      })
      this.#worker = worker
      worker.once('message', (manifest) => resolve(zSnapshotManifest.parse(manifest)))
      worker.once('error', reject)
      worker.once('exit', (code) => {
        this.#worker = null
        reject(new Error(`the thread that builds snapshots ended with ${code}`))
      })
    })
  }
}

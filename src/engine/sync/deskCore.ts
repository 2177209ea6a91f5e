import type { z } from 'zod'
import type { Status } from '../../contract/engine/session.ts'
import type { ENGINE_NOTICES, EngineNotice } from '../../contract/engine.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Officer } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import type { Home } from '../db/home.ts'
import { type Cursor, cursorOf, isSuspect, listedSeqOf, policyAt } from '../db/mirror.ts'
import { Commands } from './commandQueue.ts'
import { type Compared, compareMirror } from './compareMirror.ts'
import { copyingJob } from './copyingJob.ts'
import { type Desk, type Log, STRIDES, type Strides, type Topic } from './desk.ts'
import { prefetchQueue } from './evidenceFiles.ts'
import { follow } from './following.ts'
import { Grants } from './grants.ts'
import { type Identity, identityOf } from './identity.ts'
import { Jobs } from './jobs.ts'
import { commandsToSend, nextRelease, outboxCounts, releaseHeld } from './outbox.ts'
import { isReadOnly, watchReadOnly } from './readOnly.ts'
import { RegistryClient } from './registryClient.ts'
import { RegistryLink, type RoundResult } from './registryLink.ts'
import { Relisting } from './relisting.ts'

/** Takes a notice for all windows. */
export type TellNotice = <K extends EngineNotice>(name: K, value: z.infer<(typeof ENGINE_NOTICES)[K]>) => void

export interface CoreParts {
  readonly home: Home
  readonly keyHex: string
  readonly registry: string | null
  readonly now: () => Instant
  readonly log: Log
  /** Follow the registry continuously (window), or only when asked (command line). */
  readonly live: boolean
  readonly notice: TellNotice
  readonly strides?: Strides
  /** An officer signed in or out. */
  readonly signedIn: (officer: Officer | null) => void
}

/** How the mirror stood against the registry; `rebuilt`: it was thrown away and built anew. */
export type Comparison = Compared & { readonly rebuilt: boolean }

/** The running desk: what the features share, and what drives the sync. */
export class DeskCore implements Desk {
  readonly home: Home
  readonly keyHex: string
  readonly now: () => Instant
  readonly log: Log
  readonly commands: Commands
  readonly session = {
    officer: (): Officer => {
      if (!this.#officer) throw trouble('not-signed-in')
      return this.#officer
    },
    officerOrNull: (): Officer | null => this.#officer,
  }
  readonly jobs: Jobs
  readonly grants = new Grants()
  readonly identity: Identity
  readonly link: RegistryLink
  readonly live: boolean
  readonly strides: Strides
  readonly #notice: TellNotice
  readonly #signedIn: (officer: Officer | null) => void
  readonly #stop = new AbortController()
  readonly #relisting: Relisting
  readonly #topics = new Set<Topic>()
  readonly #ends: (() => Promise<void>)[] = []
  #officer: Officer | null = null
  #release: NodeJS.Timeout | undefined
  #following: Promise<void> = Promise.resolve()
  #comparing: Promise<Comparison> | null = null
  #prefetching = false
  #filled = false

  constructor(p: CoreParts) {
    this.home = p.home
    this.keyHex = p.keyHex
    this.now = p.now
    this.log = p.log
    this.live = p.live
    this.strides = p.strides ?? STRIDES
    this.#notice = p.notice
    this.#signedIn = p.signedIn
    this.jobs = new Jobs((job) => p.notice('job', job))
    this.identity = identityOf(p.home.desk)
    const client = p.registry === null ? null : new RegistryClient(p.registry, this.identity, p.now, this.#stop.signal)
    this.link = new RegistryLink({
      home: p.home,
      identity: this.identity,
      client,
      now: p.now,
      log: p.log,
      changed: (...topics) => this.changed(...topics),
      answered: (row, outcome) => {
        if (row.kind === 'decide-appeal' && outcome === 'done') this.#dropDraft(row.subject, row.officer)
        this.changed('outbox', 'status', row.kind.endsWith('appeal') ? 'appeal' : 'batch')
      },
      progress: () => this.changed('status'),
      copied: copyingJob(this.jobs),
      stride: this.strides.transaction,
      ended: () => {
        this.#checkDoubt()
        this.#prefetch()
      },
    })
    this.#relisting = new Relisting(p.home.cache, this.jobs, (...topics) => this.changed(...topics), this.#stop.signal)
    this.commands = new Commands({
      home: p.home,
      session: this.session,
      link: this.link,
      now: p.now,
      log: p.log,
      live: p.live,
      changed: (...topics) => this.changed(...topics),
      caughtUp: () => this.caughtUp(),
      held: () => this.#releaseInTime(),
    })
  }

  /** Releases what an earlier run held back, and follows the registry where that is wanted. */
  start(): void {
    this.home.desk.write((tx) => releaseHeld(tx, null))
    void this.#relist()
    if (!this.live || !this.link.client) return
    watchReadOnly(
      () => isReadOnly(cursorOf(this.home.cache.read), this.now()),
      () => this.changed('status'),
      this.#stop.signal,
    )
    this.#following = follow({
      link: this.link,
      cache: this.home.cache,
      waiting: () => commandsToSend(this.home.desk.read).length > 0,
      log: this.log,
      signal: this.#stop.signal,
    })
  }

  /** Push, pull, and the lists brought up; a mirror in doubt is compared first by a desk that does nothing in the background. */
  async sync(): Promise<RoundResult> {
    const result = await this.#round()
    if (!this.live && isSuspect(this.home.cache.read) && this.link.state === 'online') await this.compare()
    return result
  }

  async #round(): Promise<RoundResult> {
    const result = await this.link.round()
    await this.caughtUp()
    return result
  }

  /** Holds the mirror against the registry, repairs what differs, and builds it anew where that is not enough. */
  compare(): Promise<Comparison> {
    this.#comparing ??= this.#compare().finally(() => {
      this.#comparing = null
    })
    return this.#comparing
  }

  async #compare(): Promise<Comparison> {
    const client = this.link.required()
    const catchUp = async (): Promise<void> => {
      await this.#round()
      await this.listsMerged()
    }
    const found = await this.jobs.run({ id: 'compare', kind: 'sync', subject: '', unit: 'rows' }, ({ signal }) =>
      compareMirror({
        home: this.home,
        client,
        catchUp,
        mergeLists: () => this.listsMerged(),
        still: (work) => this.link.still(work),
        signal,
      }),
    )
    const { facts, listings, appeals, ranges } = found.repaired
    if (facts + listings + appeals > 0) {
      this.log.info('the mirror differed from the registry and was repaired', {
        facts,
        listings,
        appeals,
        ranges: ranges.join(', '),
      })
      this.changed('listing', 'appeal', 'status')
    }
    if (found.equal) {
      this.home.trustMirror()
      return { ...found, rebuilt: false }
    }
    this.log.info('the mirror differs from the registry and is built anew', { seq: found.seq })
    const { epoch } = cursorOf(this.home.cache.read)
    // a round under way would write what comes behind into a mirror that begins anew
    await this.link.still(async () => {
      this.home.cache.empty((tx) => tx.run(`UPDATE cursor SET epoch = ?, opened = 'open' WHERE id = 1`, epoch))
    })
    await catchUp()
    this.changed('batch', 'listing', 'appeal', 'status')
    return { ...found, rebuilt: true }
  }

  /** After each round of a window: what officers will look at next is fetched while nobody waits for it. */
  #prefetch(): void {
    if (!this.live || this.#prefetching || this.#stop.signal.aborted) return
    this.#prefetching = true
    prefetchQueue(this)
      .catch((error: unknown) => this.log.error('evidence could not be fetched ahead', error))
      .finally(() => {
        this.#prefetching = false
      })
  }

  /** After each round: a mirror in doubt is compared in the background. */
  #checkDoubt(): void {
    if (!this.live || this.#comparing || !isSuspect(this.home.cache.read)) return
    this.compare().catch((error: unknown) => {
      if (!(error instanceof ProblemError)) this.log.error('the mirror could not be compared', error)
    })
  }

  /** Stored lists follow in the background of a window; a command waits for them, since nothing runs on after it. */
  async caughtUp(): Promise<void> {
    if (this.live) void this.#relist()
    else await this.#relisting.run()
  }

  /** Ends when the stored lists are at the cursor, also in a window. */
  listsMerged(): Promise<void> {
    return this.#relisting.run()
  }

  signIn(officer: Officer | null): void {
    this.#officer = officer
    this.#signedIn(officer)
    this.changed('status', 'appeal')
  }

  status(): Status {
    const cursor = cursorOf(this.home.cache.read)
    return {
      online: this.link.state === 'online',
      link: this.link.state,
      problem: this.link.problem,
      registry: this.link.client?.registry ?? null,
      desk: this.identity.desk,
      epoch: cursor.epoch,
      seq: cursor.seq,
      listedSeq: listedSeqOf(this.home.cache.read),
      lastSync: cursor.syncedAt,
      filled: this.#isFilled(cursor),
      ...outboxCounts(this.home.desk.read),
      readOnly: isReadOnly(cursor, this.now()),
      officer: this.#officer,
      sample: cursor.sample,
      policyVersion: policyAt(this.home.cache.read, cursor.seq).version,
      ...(this.link.clockOff === null ? {} : { clockOff: this.link.clockOff }),
    }
  }

  /** Catching up later takes nothing away: what stands in a mirror that was whole is true as of then. */
  #isFilled({ syncedAt, seq, head }: Cursor): boolean {
    // a mirror that is built anew begins without
    this.#filled = syncedAt !== null && (this.#filled || seq >= head)
    return this.#filled
  }

  /** Told once for all changes of the same turn. */
  changed(...topics: readonly Topic[]): void {
    const first = this.#topics.size === 0
    for (const topic of topics) this.#topics.add(topic)
    if (!first || this.#stop.signal.aborted) return
    setImmediate(() => {
      if (this.#stop.signal.aborted) return
      const told = [...this.#topics]
      this.#topics.clear()
      this.#notice('changed', { topics: told })
      if (told.includes('status')) this.#notice('status', this.status())
      if (told.includes('listing') && this.live) void this.#relist()
    })
  }

  /** Ends rounds and jobs; what was held back is queued, so that a decision made is a decision kept. */
  /** What a feature has to end before the desk's files are closed. */
  onStop(end: () => Promise<void>): void {
    this.#ends.push(end)
  }

  async stop(): Promise<void> {
    clearTimeout(this.#release)
    this.#stop.abort()
    this.jobs.cancelAll()
    await this.#following
    await this.link.idle()
    await this.#relisting.run()
    for (const end of this.#ends) await end()
    try {
      this.home.desk.write((tx) => releaseHeld(tx, null))
    } catch (error) {
      // a disk without room: what is held is released by the next start
      if (!(error instanceof ProblemError)) throw error
    }
  }

  async #relist(): Promise<void> {
    try {
      await this.#relisting.run()
    } catch (error) {
      this.log.error('the stored lists could not be merged', error)
    }
  }

  #releaseInTime(): void {
    clearTimeout(this.#release)
    const due = nextRelease(this.home.desk.read)
    if (due === null || this.#stop.signal.aborted) return
    const wait = Math.max(0, Date.parse(due) - Date.parse(this.now()))
    this.#release = setTimeout(() => {
      this.home.desk.write((tx) => releaseHeld(tx, this.now()))
      this.changed('outbox', 'status', 'appeal')
      this.link.round().catch((error: unknown) => this.log.error('held work could not be sent', error))
      this.#releaseInTime()
    }, wait)
  }

  #dropDraft(appeal: string, officer: string): void {
    this.home.desk.write((tx) => tx.run('DELETE FROM draft WHERE appeal = ? AND officer = ?', appeal, officer))
  }
}

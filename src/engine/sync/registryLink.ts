import type { Hello } from '../../contract/registry.ts'
import { PROTOCOL } from '../../contract/version.ts'
import type { Instant } from '../../domain/fact.ts'
import { type Problem, type ProblemCode, ProblemError, trouble } from '../../domain/problem.ts'
import type { Home } from '../db/home.ts'
import { cursorOf } from '../db/mirror.ts'
import { download } from './blobTransfer.ts'
import type { Log, Topic } from './desk.ts'
import { enrolledAt, type Identity, markEnrolled } from './identity.ts'
import { blobsNeeded, blobsOfAnswered, forgetAnswered, type OutboxRow } from './outbox.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { rebuild } from './rebuild.ts'
import type { RegistryClient } from './registryClient.ts'

export type LinkState = 'none' | 'connecting' | 'online' | 'offline' | 'refused' | 'stopped'

export interface LinkParts {
  readonly home: Home
  readonly identity: Identity
  /** Null: no registry is set. */
  readonly client: RegistryClient | null
  readonly now: () => Instant
  readonly log: Log
  readonly changed: (...topics: readonly Topic[]) => void
  readonly answered: (row: OutboxRow, outcome: 'done' | 'refused') => void
  readonly progress: (seq: number, head: number) => void
  readonly copied: (batch: string, rows: number, total: number) => void
}

export interface RoundResult {
  readonly pushed: number
  readonly pulled: number
}

const KEEP_ANSWERED_DAYS = 42
const DAY_MS = 86_400_000

/** What each trouble makes of the link; everything else (a blob that is missing, a full disk, an unknown event) stops it. */
const LINK_OF: Partial<Record<ProblemCode, LinkState>> = {
  'registry-unreachable': 'offline',
  'registry-version': 'refused',
  'registry-refused': 'refused',
  'desk-unknown': 'refused',
  'desk-revoked': 'refused',
  'signature-wrong': 'refused',
}

/** The desk's connection to its registry: one round of push and pull at a time, and the state that the status bar shows. */
export class RegistryLink {
  readonly #p: LinkParts
  #state: LinkState
  #problem: Problem | null = null
  #running: Promise<RoundResult> | null = null
  #next: Promise<RoundResult> | null = null

  constructor(parts: LinkParts) {
    this.#p = parts
    this.#state = parts.client ? 'connecting' : 'none'
  }

  get state(): LinkState {
    return this.#state
  }
  get problem(): Problem | null {
    return this.#problem
  }
  get client(): RegistryClient | null {
    return this.#p.client
  }

  /** The registry, for a call that needs it now; throws `needs-registry` when none is set. */
  required(): RegistryClient {
    if (!this.#p.client) throw trouble('needs-registry')
    return this.#p.client
  }

  /**
   * One round that begins after this call: what was put into the outbox before is in it. Calls that come while one runs share the
   * next. Throws ProblemError; the state tells the same.
   */
  round(): Promise<RoundResult> {
    if (!this.#running) {
      this.#running = this.#round().finally(() => {
        this.#running = null
      })
      return this.#running
    }
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = null
        return this.round()
      })
    return this.#next
  }

  /** Waits until no round runs; failures are in the state. */
  async idle(): Promise<void> {
    await (this.#next ?? this.#running)?.catch(() => undefined)
  }

  /** Speaks to the registry without pushing or pulling: protocol, epoch, enrolment. */
  async connect(): Promise<Hello> {
    const stopped = this.#state === 'stopped' ? this.#problem : null
    const hello = await this.#noting(() => this.#greet(this.required()))
    // that it answers does not mend a feed that stopped
    if (stopped) this.#set('stopped', stopped)
    return hello
  }

  async #round(): Promise<RoundResult> {
    const { client } = this.#p
    if (!client) return { pushed: 0, pulled: 0 }
    return this.#noting(async () => {
      try {
        return await this.#pushAndPull(client)
      } catch (error) {
        if (!isProblem(error, 'epoch-changed')) throw error
        // the registry was exchanged in the middle of the round; greeting it again finds the new epoch
        return this.#pushAndPull(client)
      }
    })
  }

  async #pushAndPull(client: RegistryClient): Promise<RoundResult> {
    const { home, identity, now } = this.#p
    const { epoch } = await this.#greet(client)
    const pushed = await push({ home, identity, client, now, epoch, answered: this.#p.answered })
    const source = {
      feed: (e: string, after: number) => client.feed(e, after),
      blob: (sha256: string, bytes: number) => download(client, sha256, bytes),
    }
    const pulled = await pull(
      {
        cache: home.cache,
        source,
        now,
        changed: (topics) => this.#p.changed(...topics),
        progress: this.#p.progress,
        copied: this.#p.copied,
      },
      epoch,
    )
    this.#forgetOld(now())
    return { pushed, pulled }
  }

  /** Commands answered weeks ago go, and with them the segments that only they needed. */
  #forgetOld(now: Instant): void {
    const { desk, blobs } = this.#p.home
    const before = new Date(Date.parse(now) - KEEP_ANSWERED_DAYS * DAY_MS).toISOString()
    const old = blobsOfAnswered(desk.read, before)
    if (desk.write((tx) => forgetAnswered(tx, before)) === 0) return
    const needed = blobsNeeded(desk.read)
    for (const sha256 of old) if (!needed.has(sha256)) blobs.remove(sha256)
  }

  async #greet(client: RegistryClient): Promise<Hello> {
    const { home } = this.#p
    const hello = await client.hello()
    if (PROTOCOL < hello.protocol.min || PROTOCOL > hello.protocol.max)
      throw trouble('registry-version', { registry: client.registry, min: hello.protocol.min, max: hello.protocol.max })
    const cursor = cursorOf(home.cache.read)
    if (cursor.epoch !== hello.epoch) this.#adoptEpoch(cursor.epoch, hello.epoch)
    if (cursor.sample !== hello.sample || cursor.offlineHours !== hello.offlineHours)
      home.cache.write((tx) =>
        tx.run(
          'UPDATE cursor SET sample = ?, offline_hours = ? WHERE id = 1',
          hello.sample ? 1 : 0,
          hello.offlineHours,
        ),
      )
    if (enrolledAt(home.desk) !== hello.epoch) {
      await client.enrol('')
      markEnrolled(home.desk, hello.epoch)
    }
    return hello
  }

  #adoptEpoch(mine: string | null, theirs: string): void {
    const { home, log } = this.#p
    if (mine !== null)
      this.#set(this.#state, { code: 'epoch-changed', details: { registry: this.required().registry } })
    const offered = rebuild(home, theirs)
    if (mine !== null) log.info('the registry has another history: the mirror is built anew', { offered })
  }

  async #noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      const value = await work()
      this.#set('online', null)
      return value
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        this.#set('stopped', { code: 'internal', details: {} })
        throw error
      }
      this.#set(LINK_OF[error.problem.code] ?? 'stopped', error.problem)
      throw error
    }
  }

  #set(state: LinkState, problem: Problem | null): void {
    const same = this.#state === state && JSON.stringify(this.#problem) === JSON.stringify(problem)
    this.#state = state
    this.#problem = problem
    if (!same) this.#p.changed('status')
  }
}

const isProblem = (error: unknown, code: ProblemCode): boolean =>
  error instanceof ProblemError && error.problem.code === code

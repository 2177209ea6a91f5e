import type { Hello } from '../../contract/registry.ts'
import { PROTOCOL } from '../../contract/version.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import { type Problem, type ProblemCode, ProblemError, problem, trouble } from '../../domain/problem.ts'
import type { Home } from '../db/home.ts'
import { cursorOf } from '../db/mirror.ts'
import { download } from './blobTransfer.ts'
import { type BlobSource, boot, mustBoot } from './boot.ts'
import type { Log, Topic } from './desk.ts'
import { otherVersion } from './http.ts'
import { enrolledAt, type Identity, installationOf, markEnrolled, markInstallation } from './identity.ts'
import { blobsNeeded, blobsOfAnswered, forgetAnswered, lastAnswered, type OutboxRow } from './outbox.ts'
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
  /** Rows of a list that go into the mirror at once. */
  readonly stride: number
  /** A round came to its end. */
  readonly ended: () => void
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
  'clock-wrong': 'refused',
  'enrolment-needed': 'refused',
  'enrolment-code-wrong': 'refused',
  'registry-other': 'refused',
  'registry-untrusted': 'refused',
  'registry-not-tamga': 'refused',
}

/** Trouble that another greeting ends: the registry was exchanged, or collected what this round was reading. */
const GREET_AGAIN: ReadonlySet<string> = new Set(['epoch-changed', 'snapshot-needed'])

/** A clock that is further off makes every request look like a captured one. */
const CLOCK_MS = 24 * 3_600_000
/** A clock that is this far off shows wrong days and terms on this desk: the officer is told, and goes on. */
const CLOCK_NOTED_MS = 5 * 60_000

/** The desk's connection to its registry: one round of push and pull at a time, and the state that the status bar shows. */
export class RegistryLink {
  readonly #p: LinkParts
  #state: LinkState
  #problem: Problem | null = null
  #clockOff: number | null = null
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
  /** Minutes this computer's clock was ahead of the registry's when that last answered; null: as good as right. */
  get clockOff(): number | null {
    return this.#clockOff
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
        if (this.#state === 'online') this.#p.ended()
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

  /** Runs `work` while no round runs: the mirror stands still. Rounds asked for meanwhile come behind it. */
  async still<T>(work: () => Promise<T>): Promise<T> {
    while (this.#running) await this.#running.catch(() => undefined)
    const held = work()
    const over = (): RoundResult => ({ pushed: 0, pulled: 0 })
    this.#running = held.then(over, over).finally(() => {
      this.#running = null
    })
    return held
  }

  /** Waits until no round runs; failures are in the state. */
  async idle(): Promise<void> {
    await (this.#next ?? this.#running)?.catch(() => undefined)
  }

  /** Enrols this desk with the one-time code of an admin. Throws `enrolment-code-wrong`. */
  async enrol(code: string): Promise<void> {
    await this.#noting(async () => {
      const client = this.required()
      const hello = await client.hello()
      this.#checkInstallation(client, hello)
      this.#checkClock(hello)
      await this.#enrol(client, hello, code)
    })
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
        if (!(error instanceof ProblemError) || !GREET_AGAIN.has(error.problem.code)) throw error
        return this.#pushAndPull(client)
      }
    })
  }

  async #pushAndPull(client: RegistryClient): Promise<RoundResult> {
    const { home, identity, now } = this.#p
    const hello = await this.#greet(client)
    const { epoch } = hello
    const pushed = await push({ home, identity, client, now, epoch, answered: this.#p.answered })
    // whichever database of the registry answers must know what this desk was told already
    const known = Math.max(hello.head, lastAnswered(home.desk.read, epoch))
    const source = {
      feed: (e: string, after: number) => client.feed(e, after, known),
      blob: (sha256: string, bytes: number) => download(client, home.partials, { sha256, bytes }),
      used: (sha256: string) => home.partials.drop(sha256),
    }
    const booted = await this.#boot(hello, source)
    const pulled = await pull(
      {
        cache: home.cache,
        source,
        now,
        changed: (topics) => this.#p.changed(...topics),
        progress: this.#p.progress,
        copied: this.#p.copied,
        stride: this.#p.stride,
      },
      epoch,
    )
    this.#forgetOld(now())
    return { pushed, pulled: booted + pulled }
  }

  /** A new mirror from the snapshot, where one is needed; answers how many events it carries. */
  async #boot(hello: Hello, source: BlobSource): Promise<number> {
    const { home, now } = this.#p
    const ref = mustBoot(cursorOf(home.cache.read), hello)
    if (!ref) return 0
    const progress = (rows: number, total: number) => this.#p.copied(`snapshot-${ref.seq}`, rows, total)
    try {
      await boot({ home, source, now, hello, progress }, ref)
    } catch (error) {
      // collected while it was read, or greeted before the last one was built: there is a newer one
      if (!isProblem(error, 'blob-missing')) throw error
      throw new ProblemError(problem('snapshot-needed', { oldest: hello.oldest }), { cause: error })
    }
    this.#p.changed('status', 'batch', 'listing', 'appeal', 'blockrun', 'settings', 'audit')
    return ref.seq
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
      throw otherVersion(`${hello.protocol.min}–${hello.protocol.max}`)
    this.#checkInstallation(client, hello)
    this.#checkClock(hello)
    // first of all: a registry older than this desk's enrolment does not know it, and would refuse what comparing with it reads
    if (enrolledAt(home.desk) !== hello.epoch) await this.#enrol(client, hello)
    const cursor = cursorOf(home.cache.read)
    if (cursor.epoch !== hello.epoch) await this.#adoptEpoch(client, cursor.epoch, hello)
    if (cursor.sample !== hello.sample || cursor.offlineHours !== hello.offlineHours)
      home.cache.write((tx) =>
        tx.run(
          'UPDATE cursor SET sample = ?, offline_hours = ? WHERE id = 1',
          hello.sample ? 1 : 0,
          hello.offlineHours,
        ),
      )
    return hello
  }

  async #enrol(client: RegistryClient, hello: Hello, code?: string): Promise<void> {
    const { desk } = this.#p.home
    await client.enrol('', code)
    markEnrolled(desk, hello.epoch)
    // from now on the desk belongs to this registry, whatever answers at its address
    if (hello.installation && installationOf(desk) === null) markInstallation(desk, hello.installation)
  }

  /** A desk belongs to one registry; what was prepared for it never goes to another. */
  #checkInstallation(client: RegistryClient, { installation }: Hello): void {
    const mine = installationOf(this.#p.home.desk)
    if (mine !== null && installation !== undefined && installation !== mine)
      throw trouble('registry-other', { registry: client.registry })
    // a home of before this was told
    if (mine === null && installation !== undefined && enrolledAt(this.#p.home.desk) !== null)
      markInstallation(this.#p.home.desk, installation)
  }

  #checkClock({ time }: Hello): void {
    const now = this.#p.now()
    const off = Date.parse(now) - Date.parse(time)
    this.#clockOff = Math.abs(off) < CLOCK_NOTED_MS ? null : Math.round(off / 60_000)
    if (Math.abs(off) > CLOCK_MS) throw trouble('clock-wrong', { desk: now, registry: time })
  }

  async #adoptEpoch(client: RegistryClient, mine: string | null, hello: Hello): Promise<void> {
    const { home, log } = this.#p
    if (mine !== null) this.#set(this.#state, { code: 'epoch-changed', details: { registry: client.registry } })
    const eventAt = async (seq: Seq) => (await client.feed(hello.epoch, seq - 1, seq)).events[0] ?? null
    const { offered, mirror } = await rebuild(home, hello, eventAt)
    if (mine !== null) log.info('the registry has another history', { offered, mirror })
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

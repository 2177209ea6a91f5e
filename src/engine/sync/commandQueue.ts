import { COMMAND_BODIES } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import { type Problem, ProblemError, trouble } from '../../domain/problem.ts'
import type { Writer } from '../db/handle.ts'
import type { Home } from '../db/home.ts'
import { cursorOf } from '../db/mirror.ts'
import type { CommandQueue, Log, NewCommand, Session, Settled, Topic } from './desk.ts'
import { commandOf, insertCommand } from './outbox.ts'
import { isReadOnly } from './readOnly.ts'
import type { RegistryLink } from './registryLink.ts'
import { uuid7 } from './uuid7.ts'

export interface QueueParts {
  readonly home: Home
  readonly session: Session
  readonly link: RegistryLink
  readonly now: () => Instant
  readonly log: Log
  /** The registry is followed in the background. */
  readonly live: boolean
  readonly changed: (...topics: readonly Topic[]) => void
  /** After a round whose effect the caller waits for: brings the stored lists up, where nobody does so in the background. */
  readonly caughtUp: () => Promise<void>
  /** A held command was put in: see to its release. */
  readonly held: () => void
}

/** What the officer orders goes into desk.db first, and to the registry from there. */
export class Commands implements CommandQueue {
  readonly #p: QueueParts
  constructor(parts: QueueParts) {
    this.#p = parts
  }

  enqueue(tx: Writer, c: NewCommand): string {
    const { home, session, now } = this.#p
    const officer = session.officer()
    const cursor = cursorOf(home.cache.read)
    if (isReadOnly(cursor, now())) throw trouble('read-only-offline', { hours: cursor.offlineHours ?? 0 })
    const id = uuid7(now())
    const hold = c.holdSeconds ?? 0
    insertCommand(tx, {
      id,
      kind: c.kind,
      subject: c.subject,
      body: JSON.stringify(COMMAND_BODIES[c.kind].parse(c.body)),
      based_on_seq: c.basedOnSeq ?? cursor.seq,
      officer: officer.id,
      at: now(),
      release_at: hold > 0 ? new Date(Date.parse(now()) + hold * 1000).toISOString() : null,
      blobs: JSON.stringify(c.blobs ?? []),
    })
    queueMicrotask(() => {
      this.#p.changed('outbox', 'status')
      if (hold > 0) this.#p.held()
    })
    return id
  }

  async settle(id: string): Promise<Settled> {
    const round = this.#round()
    // a network that swallows everything would make the officer wait for each of his acts; the round goes on by itself
    if (!(this.#p.live && this.#p.link.state === 'offline')) await round
    const row = commandOf(this.#p.home.desk.read, id)
    if (!row) throw new Error(`command ${id} is not in the outbox`)
    if (row.state === 'refused') return { state: 'refused', problem: JSON.parse(row.problem ?? '{}') as Problem }
    if (row.state === 'done')
      return { state: 'done', seq: row.seq ?? 0, result: JSON.parse(row.result ?? 'null') as unknown }
    return { state: 'queued' }
  }

  /** What hinders the link is in its state; the command waits in the outbox. */
  async #round(): Promise<void> {
    try {
      await this.#p.link.round()
      await this.#p.caughtUp()
    } catch (error) {
      if (!(error instanceof ProblemError)) this.#p.log.error('a round of sync failed', error)
    }
  }
}

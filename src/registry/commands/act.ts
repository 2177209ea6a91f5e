import type { CommandKind, CommandResult, EventDoc, EventType } from '../../contract/registry.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Outcome } from '../../domain/problem.ts'
import type { Signer } from '../auth/signingKey.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import type { NewEvent } from '../db/log/queries.ts'
import type { Tx } from '../db/transaction.ts'

/** Who acts, where and when: the checked envelope of a command. */
export interface Actor {
  readonly command: string
  readonly officer: Officer
  readonly desk: string
  readonly now: Instant
}

/**
 * One act within its transaction: collects the events to tell. Their numbers exist only at the very end, so whatever must carry one
 * (a batch's `added_seq`) is written by what `event` is given.
 */
export class Act {
  readonly tx: Tx
  readonly blobs: BlobStore
  readonly actor: Actor
  readonly #told: { event: NewEvent; numbered: (seq: Seq) => Promise<unknown> }[] = []
  readonly #signer: Signer | null
  readonly #afterwards: (() => Promise<unknown>)[] = []
  #subject = ''

  constructor(tx: Tx, blobs: BlobStore, actor: Actor, signer: Signer | null = null) {
    this.#signer = signer
    this.tx = tx
    this.blobs = blobs
    this.actor = actor
  }

  /** Tells every desk; `numbered` is called with the event's number before the commit. */
  event<T extends EventType>(
    type: T,
    doc: EventDoc<T>,
    numbered: (seq: Seq) => Promise<unknown> = async () => 0,
  ): void {
    this.#told.push({ event: { type, doc }, numbered })
  }

  /** Work outside the database, done once everything is committed. */
  afterwards(work: () => Promise<unknown>): void {
    this.#afterwards.push(work)
  }

  async finish(): Promise<void> {
    for (const work of this.#afterwards) await work()
  }

  /** What the audit says the act was about: a batch, an appeal. */
  about(subject: string): void {
    this.#subject = subject
  }

  /** The registry's own key. */
  get signer(): Signer {
    if (!this.#signer) throw new Error('an act of the sample cannot sign')
    return this.#signer
  }

  get subject(): string {
    return this.#subject
  }
  get events(): NewEvent[] {
    return this.#told.map((t) => t.event)
  }

  /** Hands out the numbers, beginning with `first`. */
  async number(first: Seq): Promise<void> {
    for (const [i, t] of this.#told.entries()) await t.numbered(first + i)
  }
}

/** Carries out one kind of command inside its transaction. A refusal takes everything back that was written. */
export type Handler<K extends CommandKind> = (act: Act, body: BodyOf<K>) => Promise<Outcome<CommandResult<K>>>
type BodyOf<K extends CommandKind> = import('../../contract/registry.ts').CommandBody<K>

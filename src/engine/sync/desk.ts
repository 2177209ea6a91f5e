import type { z } from 'zod'
import type { ENGINE_NOTICES } from '../../contract/engine.ts'
import type { COMMAND_BODIES, CommandKind } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Officer } from '../../domain/officer.ts'
import type { Problem } from '../../domain/problem.ts'
import type { Writer } from '../db/handle.ts'
import type { Home } from '../db/home.ts'
import type { Grants } from './grants.ts'
import type { Jobs } from './jobs.ts'

export type Topic = z.infer<typeof ENGINE_NOTICES.changed>['topics'][number]

/** Where the engine's log lines go; fields hold no personal data. */
export interface Log {
  info(text: string, fields?: Readonly<Record<string, string | number>>): void
  error(text: string, error: unknown): void
}

/** A command to be put into the outbox. */
export type NewCommand = {
  [K in CommandKind]: {
    readonly kind: K
    readonly body: z.input<(typeof COMMAND_BODIES)[K]>
    /** What it is about: id of the batch or appeal. */
    readonly subject: string
    /** Facts it was decided on; absent: the cursor now. */
    readonly basedOnSeq?: number
    /** SHA-256 of blobs in the home's blob store that must reach the registry first. */
    readonly blobs?: readonly string[]
    /** Kept back this long so that it can be taken back. */
    readonly holdSeconds?: number
  }
}[CommandKind]

/** What became of a command so far. `queued`: the registry was not reached; it goes out later by itself. */
export type Settled =
  | { readonly state: 'done'; readonly seq: number; readonly result: unknown }
  | { readonly state: 'refused'; readonly problem: Problem }
  | { readonly state: 'queued' }

export interface CommandQueue {
  /**
   * Puts a command of the signed-in officer into the outbox, inside the caller's transaction on desk.db. Answers its id. Throws
   * `not-signed-in`, or `read-only-offline` when the desk has been offline for too long.
   */
  enqueue(tx: Writer, command: NewCommand): string
  /** Pushes, waits for the answer, and pulls until the desk has seen its effect. */
  settle(id: string): Promise<Settled>
}

export interface Session {
  /** The signed-in officer; throws `not-signed-in`. */
  officer(): Officer
  officerOrNull(): Officer | null
}

/** Rows that long work does before it notes how far it came: what a kill costs at most. */
export interface Strides {
  /** Of judging a file: some tenths of a second. */
  readonly checkpoint: number
  /** Of one transaction on the mirror: long enough to be fast, short enough that lookups between them do not wait. */
  readonly transaction: number
  /** Of one segment: bounds the memory a part takes at both ends. */
  readonly part: number
}

export const STRIDES: Strides = { checkpoint: 50_000, transaction: 50_000, part: 500_000 }

/** What the features of the engine share. */
export interface Desk {
  readonly home: Home
  /** Key of further encrypted files of the home (staging). */
  readonly keyHex: string
  readonly now: () => Instant
  readonly log: Log
  readonly commands: CommandQueue
  readonly session: Session
  readonly jobs: Jobs
  readonly grants: Grants
  readonly strides: Strides
  /** Tells windows that what they show of these is old. */
  changed(...topics: readonly Topic[]): void
}

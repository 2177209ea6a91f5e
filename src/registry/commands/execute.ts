import { createHash } from 'node:crypto'
import {
  COMMAND_BODIES,
  type Command,
  type CommandAnswer,
  type CommandKind,
  signedText,
} from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import { type Outcome, type Problem, ProblemError, refused, trouble } from '../../domain/problem.ts'
import { signingDesk } from '../auth/desks.ts'
import type { Signer } from '../auth/signingKey.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { closeCommand, commandById, openCommand } from '../db/command/queries.ts'
import { officerById } from '../db/directory/queries.ts'
import { readHead, record } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { type Tx, transaction } from '../db/transaction.ts'
import { Act, type Handler } from './act.ts'

export type Handlers = { readonly [K in CommandKind]: Handler<K> }

/** What commands work with. */
export interface Workshop {
  readonly signer: Signer
  readonly db: Database
  readonly blobs: BlobStore
  now(): Instant
  /** Told after each commit that moved the head, with the number of its last event where it has one of its own. */
  moved(seq?: number): void
  /** Ends when what is visible now stays, whatever server fails: an answer that is read, not made, is given only then. */
  settled(): Promise<void>
}

/**
 * Takes a desk's command: checks the envelope, then does everything in one transaction: the command's row, its effect, audit, events
 * and the answer. A command that came before gets the answer it got then; so does a refused one.
 * @throws ProblemError for an envelope that cannot be trusted (`desk-…`, `signature-wrong`, `command-changed`, `bad-message`, `epoch-changed`)
 */
export async function execute(shop: Workshop, handlers: Handlers, command: Command): Promise<CommandAnswer> {
  const { signature, ...unsigned } = command
  const text = signedText(unsigned)
  await signingDesk(shop.db, command.desk, text, signature)
  const hash = createHash('sha256').update(text).digest('hex')
  // read first: exchanged for another history in between, the answer then names the old one and the desk asks again
  const head = await readHead(shop.db)
  const { epoch } = head
  const before = await commandById(shop.db, command.id)
  if (before) {
    const answer = replay(command, hash, before)
    await shop.settled()
    return { ...answer, epoch }
  }
  if (command.basedOnSeq > head.head)
    throw trouble('epoch-changed', { epoch: head.epoch, head: head.head, desk: command.basedOnSeq })
  const { answer, replayed, finish } = await transaction(shop.db, (tx) => carryOut(tx, shop, handlers, command, hash))
  await finish()
  if (replayed) await shop.settled()
  else if (answer.status === 'done') shop.moved(answer.seq)
  return { ...answer, epoch }
}

function replay(command: Command, hash: string, before: { hash: string; answer: CommandAnswer | null }): CommandAnswer {
  if (before.hash !== hash) throw trouble('command-changed', { command: command.id })
  if (!before.answer) throw new Error(`command ${command.id} was committed without an answer`)
  return before.answer
}

async function carryOut(
  tx: Tx,
  shop: Workshop,
  handlers: Handlers,
  command: Command,
  hash: string,
): Promise<{ answer: CommandAnswer; replayed: boolean; finish: () => Promise<void> }> {
  const now = shop.now()
  if ((await openCommand(tx, command, hash, now)) === 0) {
    const before = await commandById(tx, command.id)
    if (!before) throw new Error(`command ${command.id} is neither new nor known`)
    return { answer: replay(command, hash, before), replayed: true, finish: async () => undefined }
  }
  const { answer, finish } = await tx.attempt(async () => {
    const value = await actOn(tx, shop, handlers, command, now)
    return { keep: value.answer.status === 'done', value }
  })
  await closeCommand(tx, command.id, answer)
  return { answer, replayed: false, finish }
}

async function actOn(
  tx: Tx,
  shop: Workshop,
  handlers: Handlers,
  command: Command,
  now: Instant,
): Promise<{ answer: CommandAnswer; finish: () => Promise<void> }> {
  const notDone = (problem: Problem) => ({
    answer: { status: 'refused' as const, problem },
    finish: async () => undefined,
  })
  const officer = await officerById(tx, command.officer)
  if (!officer) return notDone(refused('unknown-officer', { officer: command.officer }).problem)
  const act = new Act(tx, shop.blobs, { command: command.id, officer, desk: command.desk, now }, shop.signer)
  const outcome = await handled(handlers, act, command)
  if (!outcome.ok) return notDone(outcome.problem)
  const events = act.events
  const audit = { officer: officer.id, desk: command.desk, act: command.kind, subject: act.subject }
  const first = await record(tx, now, events, [audit])
  await act.number(first)
  return {
    answer: { status: 'done', seq: first + events.length - 1, result: outcome.value },
    finish: () => act.finish(),
  }
}

async function handled(handlers: Handlers, act: Act, command: Command): Promise<Outcome<unknown>> {
  const body = COMMAND_BODIES[command.kind].safeParse(command.body)
  if (!body.success) {
    const issue = body.error.issues[0]
    return refused('bad-message', { field: issue?.path.join('.') ?? '', message: issue?.message ?? '' })
  }
  try {
    return await (handlers[command.kind] as Handler<CommandKind>)(act, body.data as never)
  } catch (e) {
    // expected trouble found deep inside is a refusal too; bytes still on their way are no verdict, the command may come again
    if (e instanceof ProblemError && e.problem.code !== 'blob-missing') return { ok: false, problem: e.problem }
    throw e
  }
}

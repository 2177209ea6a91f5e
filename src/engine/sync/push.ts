import { type Command, type CommandAnswer, type CommandKind, signedText } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import { done, type Outcome, type Problem, ProblemError, refused, trouble } from '../../domain/problem.ts'
import type { Home } from '../db/home.ts'
import { upload } from './blobTransfer.ts'
import type { Identity } from './identity.ts'
import { commandsToSend, markDone, markRefused, markSending, type OutboxRow, rebase } from './outbox.ts'
import type { RegistryClient } from './registryClient.ts'

export interface Pushing {
  readonly home: Home
  readonly identity: Identity
  readonly client: RegistryClient
  readonly now: () => Instant
  readonly epoch: string
  /** A command was answered. */
  readonly answered: (row: OutboxRow, outcome: 'done' | 'refused') => void
}

/** Troubles of the desk as a whole, not of one command: nothing is sent until they are settled. */
const DESK_TROUBLE: ReadonlySet<string> = new Set([
  'registry-unreachable',
  'registry-version',
  'epoch-changed',
  'desk-unknown',
  'desk-revoked',
  'signature-wrong',
  'clock-wrong',
  'registry-untrusted',
  'disk-full',
])

/** What the registry holds against the command itself without having taken it: sent again, it would be told the same. */
const NOT_TAKEN: ReadonlySet<string> = new Set(['bad-message', 'command-changed'])

class NotTaken extends ProblemError {}

/**
 * Sends what waits, in order; answers how many were answered. A refused command is put aside and the next one goes. Throws when the
 * registry cannot be reached or does not know this desk: the command then keeps its id, since it may have arrived.
 */
export async function push(p: Pushing): Promise<number> {
  let answered = 0
  for (const row of commandsToSend(p.home.desk.read)) {
    try {
      if (await pushOne(p, row)) answered++
    } catch (error) {
      if (!(error instanceof ProblemError) || DESK_TROUBLE.has(error.problem.code)) throw error
      // Trouble with its files, or a bug there, is no verdict: it stays unanswered, the next ones go on.
      if (!(error instanceof NotTaken)) continue
      refuse(p, row, error.problem)
      answered++
    }
  }
  return answered
}

function refuse(p: Pushing, row: OutboxRow, problem: Problem): void {
  p.home.desk.write((tx) => markRefused(tx, row.id, problem, p.now()))
  p.answered(row, 'refused')
}

async function pushOne(p: Pushing, row: OutboxRow): Promise<boolean> {
  for (const sha256 of JSON.parse(row.blobs) as string[]) {
    const bytes = fileOf(p.home, sha256)
    if (!bytes.ok) {
      refuse(p, row, bytes.problem)
      return true
    }
    await upload(p.client, sha256, bytes.value)
  }
  // taken back by the officer while its files went up
  if (!p.home.desk.write((tx) => markSending(tx, row.id))) return false
  const answer = await ask(p, row)
  // done in another history than the one greeted: it stays unanswered and is asked again after the next greeting
  if (answer.epoch !== undefined && answer.epoch !== p.epoch) throw trouble('epoch-changed', { epoch: answer.epoch })
  p.home.desk.write((tx) => {
    if (answer.status === 'done') markDone(tx, row.id, { ...answer, epoch: p.epoch, at: p.now() })
    else markRefused(tx, row.id, answer.problem, p.now())
  })
  p.answered(row, answer.status)
  return true
}

/** A file that the command needs and that this desk alone has: gone or damaged here, no later try brings it. */
function fileOf(home: Home, sha256: string): Outcome<Uint8Array> {
  try {
    const bytes = home.blobs.get(sha256)
    return bytes ? done(bytes) : refused('blob-missing', { sha256 })
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'blob-damaged')
      return { ok: false, problem: error.problem }
    throw error
  }
}

/**
 * A registry restored from an older backup does not reach the facts the command was decided on. If it has not seen the command
 * before (then it would have replayed its answer), the command is based on what that registry has.
 */
async function ask(p: Pushing, row: OutboxRow): Promise<CommandAnswer> {
  try {
    return await p.client.command(signed(p.identity, row))
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (NOT_TAKEN.has(error.problem.code)) throw new NotTaken(error.problem, { cause: error })
    if (error.problem.code !== 'epoch-changed') throw error
    const { epoch, head } = error.problem.details
    if (epoch !== p.epoch || typeof head !== 'number') throw error
    const based = { ...row, based_on_seq: head }
    p.home.desk.write((tx) => rebase(tx, row.id, based.based_on_seq))
    return p.client.command(signed(p.identity, based))
  }
}

/** Signed when it is sent, so that a desk enrolled anew sends its waiting work under its key. */
function signed(identity: Identity, row: OutboxRow): Command {
  const command = {
    id: row.id,
    desk: identity.desk,
    officer: row.officer,
    kind: row.kind as CommandKind,
    body: JSON.parse(row.body) as unknown,
    basedOnSeq: row.based_on_seq,
    at: row.at,
  }
  return { ...command, signature: identity.sign(signedText(command)) }
}

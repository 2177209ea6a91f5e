import type { Instant, Seq } from '../../domain/fact.ts'
import type { Problem } from '../../domain/problem.ts'
import type { Reader, Writer } from '../db/handle.ts'

export type OutboxState = 'held' | 'queued' | 'sending' | 'done' | 'refused'

/** A command as it stands in desk.db. */
export interface OutboxRow {
  readonly id: string
  readonly kind: string
  readonly subject: string
  /** JSON in the order it was written, which is the order that is signed. */
  readonly body: string
  readonly based_on_seq: Seq
  readonly officer: string
  readonly at: Instant
  readonly state: OutboxState
  readonly release_at: Instant | null
  readonly blobs: string
  readonly problem: string | null
  readonly result: string | null
  readonly seq: Seq | null
}

const COLUMNS = 'id, kind, subject, body, based_on_seq, officer, at, state, release_at, blobs, problem, result, seq'

export function insertCommand(
  tx: Writer,
  c: Pick<OutboxRow, 'id' | 'kind' | 'subject' | 'body' | 'based_on_seq' | 'officer' | 'at' | 'release_at' | 'blobs'>,
): void {
  tx.run(
    `INSERT INTO outbox(id, kind, subject, body, based_on_seq, officer, at, state, release_at, blobs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    c.id,
    c.kind,
    c.subject,
    c.body,
    c.based_on_seq,
    c.officer,
    c.at,
    c.release_at === null ? 'queued' : 'held',
    c.release_at,
    c.blobs,
  )
}

export const commandOf = (desk: Reader, id: string): OutboxRow | undefined =>
  desk.query<OutboxRow>(`SELECT ${COLUMNS} FROM outbox WHERE id = ?`).get(id)

/** Commands to send, in the order they were given; `sending` ones first went out and were not answered. */
export const commandsToSend = (desk: Reader): OutboxRow[] =>
  desk.query<OutboxRow>(`SELECT ${COLUMNS} FROM outbox WHERE state IN ('queued', 'sending') ORDER BY ord`).all()

/** Everything an officer may still want to see, the newest first. */
export const commandsShown = (desk: Reader): OutboxRow[] =>
  desk
    .query<OutboxRow>(
      `SELECT ${COLUMNS} FROM outbox
       WHERE state IN ('held', 'queued', 'sending') OR (state = 'refused' AND dismissed = 0)
          OR ord IN (SELECT ord FROM outbox WHERE state = 'done' ORDER BY ord DESC LIMIT 50)
       ORDER BY ord DESC`,
    )
    .all()

/** Open commands about a subject (a batch or an appeal), the newest first. */
export const openCommandsOf = (desk: Reader, subject: string): OutboxRow[] =>
  desk
    .query<OutboxRow>(
      `SELECT ${COLUMNS} FROM outbox WHERE subject = ? AND state IN ('held', 'queued', 'sending') ORDER BY ord DESC`,
    )
    .all(subject)

/** From here on it may have arrived. False when it was taken back before. */
export const markSending = (tx: Writer, id: string): boolean =>
  tx.run(`UPDATE outbox SET state = 'sending' WHERE id = ? AND state IN ('queued', 'sending')`, id) === 1

export const rebase = (tx: Writer, id: string, seq: Seq): void => {
  tx.run('UPDATE outbox SET based_on_seq = ? WHERE id = ?', seq, id)
}

/** Stores the registry's answer; the body stays, to be offered again should the registry be restored from a backup. */
export function markDone(
  tx: Writer,
  id: string,
  answer: { seq: Seq; result: unknown; epoch: string; at: Instant },
): void {
  tx.run(
    `UPDATE outbox SET state = 'done', seq = ?, result = ?, epoch = ?, answered_at = ?, problem = NULL WHERE id = ?`,
    answer.seq,
    JSON.stringify(answer.result ?? null),
    answer.epoch,
    answer.at,
    id,
  )
}

export function markRefused(tx: Writer, id: string, problem: Problem, at: Instant): void {
  tx.run(
    `UPDATE outbox SET state = 'refused', problem = ?, answered_at = ? WHERE id = ?`,
    JSON.stringify(problem),
    at,
    id,
  )
}

/** Held commands whose time has come go to the queue. Answers how many. */
export const releaseHeld = (tx: Writer, now: Instant | null): number =>
  now === null
    ? tx.run(`UPDATE outbox SET state = 'queued', release_at = NULL WHERE state = 'held'`)
    : tx.run(`UPDATE outbox SET state = 'queued', release_at = NULL WHERE state = 'held' AND release_at <= ?`, now)

/** When the next held command is due; null when none is held. */
export const nextRelease = (desk: Reader): Instant | null =>
  desk.value<string | null>(`SELECT min(release_at) FROM outbox WHERE state = 'held'`) ?? null

/** Takes a command back that nobody has sent. False when it is too late. */
export const withdrawHeld = (tx: Writer, id: string): boolean =>
  tx.run(`DELETE FROM outbox WHERE id = ? AND state = 'held'`, id) === 1

export const withdrawQueued = (tx: Writer, id: string): boolean =>
  tx.run(`DELETE FROM outbox WHERE id = ? AND state = 'queued'`, id) === 1

export const dismissRefused = (tx: Writer, id: string): boolean =>
  tx.run(`UPDATE outbox SET dismissed = 1 WHERE id = ? AND state = 'refused'`, id) === 1

/** The last event that an answer of the registry named; 0 before the first. */
export const lastAnswered = (desk: Reader, epoch: string): Seq =>
  desk.value<number | null>(`SELECT max(seq) FROM outbox WHERE state = 'done' AND epoch = ?`, epoch) ?? 0

/** After the registry came back from an older backup, what it had acknowledged under another epoch is offered again, same ids. */
export const offerAgain = (tx: Writer, epoch: string): number =>
  tx.run(`UPDATE outbox SET state = 'queued' WHERE state = 'done' AND epoch IS NOT NULL AND epoch <> ?`, epoch)

/** Answered commands are kept for weeks, then go. */
export const forgetAnswered = (tx: Writer, before: Instant): number =>
  tx.run(`DELETE FROM outbox WHERE state IN ('done', 'refused') AND answered_at < ?`, before)

export interface OutboxCounts {
  readonly pending: number
  readonly needsAttention: number
}
export function outboxCounts(desk: Reader): OutboxCounts {
  const row = desk
    .rows<[number, number]>(
      `SELECT (SELECT count(*) FROM outbox WHERE state IN ('held', 'queued', 'sending')),
              (SELECT count(*) FROM outbox WHERE state = 'refused' AND dismissed = 0)`,
    )
    .get()
  return { pending: row?.[0] ?? 0, needsAttention: row?.[1] ?? 0 }
}

/** Blobs that any command of the outbox names. */
export const blobsNeeded = (desk: Reader): Set<string> => blobsIn(desk, `blobs <> '[]'`)

/** Blobs of the commands that `forgetAnswered` would take. */
export const blobsOfAnswered = (desk: Reader, before: Instant): Set<string> =>
  blobsIn(desk, `blobs <> '[]' AND state IN ('done', 'refused') AND answered_at < ?`, before)

const blobsIn = (desk: Reader, where: string, ...bound: string[]): Set<string> =>
  new Set(
    desk
      .rows<[string]>(`SELECT DISTINCT blobs FROM outbox WHERE ${where}`)
      .all(...bound)
      .flatMap(([blobs]) => JSON.parse(blobs) as string[]),
  )

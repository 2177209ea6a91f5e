import type { Command, CommandAnswer } from '../../../contract/registry.ts'
import type { Instant } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'

export interface StoredCommand {
  readonly hash: string
  readonly answer: CommandAnswer | null
}

/** The command as it came before, with its answer; null when it is new. */
export const commandById = (db: Sql, id: string): Promise<StoredCommand | null> =>
  db.one<StoredCommand>('SELECT hash, answer FROM command WHERE id = $1', [id])

/** Notes that the command is being done; 0 when another transaction has noted it (it waits until that one ends). */
export const openCommand = (db: Sql, c: Command, hash: string, at: Instant): Promise<number> =>
  db.run(
    `INSERT INTO command (id, hash, desk, officer, kind, received_at, status)
     VALUES ($1, $2, $3, $4, $5, $6, 'open') ON CONFLICT DO NOTHING`,
    [c.id, hash, c.desk, c.officer, c.kind, at],
  )

/** Stores the answer that is replayed from now on. */
export const closeCommand = (db: Sql, id: string, answer: CommandAnswer): Promise<number> =>
  db.run('UPDATE command SET status = $2, seq = $3, answer = $4 WHERE id = $1', [
    id,
    answer.status,
    answer.status === 'done' ? answer.seq : null,
    JSON.stringify(answer),
  ])

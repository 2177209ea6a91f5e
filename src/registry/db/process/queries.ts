import type { Sql } from '../pool.ts'

/** Days after which a process that says nothing is forgotten. */
const KEPT = '1 day'

/**
 * Notes that this process lives. It is a commit of its own: once it is answered, everything that was visible before it is as safe as
 * this database makes its commits, also on the standby that it waits for.
 */
export async function beat(db: Sql, id: string, version: string): Promise<void> {
  await db.run(
    `INSERT INTO registry_process (id, version) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
    [id, version],
  )
}

/** Processes that said something within the last minute. */
export async function livingProcesses(db: Sql): Promise<number> {
  const row = await db.one<{ n: number }>(
    `SELECT count(*) AS n FROM registry_process WHERE seen_at > now() - interval '1 minute'`,
  )
  return row?.n ?? 0
}

/** Forgets a process that stops, and those that ended without saying so. */
export const forgetProcesses = (db: Sql, id: string): Promise<number> =>
  db.run(`DELETE FROM registry_process WHERE id = $1 OR seen_at < now() - $2::interval`, [id, KEPT])

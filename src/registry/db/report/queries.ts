import type { Instant } from '../../../domain/fact.ts'
import type { Tx } from '../transaction.ts'

/** Who shares a report; null when it is not shared. */
export const sharerOf = async (tx: Tx, id: string): Promise<string | null> =>
  (await tx.one<{ by: string }>('SELECT by FROM shared_report WHERE id = $1 FOR UPDATE', [id]))?.by ?? null

export const putSharedReport = (
  tx: Tx,
  r: { id: string; name: string; query: unknown; by: string; at: Instant },
): Promise<number> =>
  tx.run(
    `INSERT INTO shared_report (id, name, query, by, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, query = excluded.query, at = excluded.at`,
    [r.id, r.name, JSON.stringify(r.query), r.by, r.at],
  )

export const dropSharedReport = (tx: Tx, id: string): Promise<number> =>
  tx.run('DELETE FROM shared_report WHERE id = $1', [id])

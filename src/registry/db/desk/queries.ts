import type { Instant } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

export interface DeskRow {
  readonly id: string
  readonly name: string
  readonly enrolledAt: Instant
  readonly revokedAt: Instant | null
}

const DESK = 'SELECT id, name, enrolled_at AS "enrolledAt", revoked_at AS "revokedAt" FROM desk'

/** All desks, the newest first. */
export const desks = (db: Sql): Promise<DeskRow[]> => db.all<DeskRow>(`${DESK} ORDER BY enrolled_at DESC, id`)

export const deskForUpdate = (tx: Tx, id: string): Promise<DeskRow | null> =>
  tx.one<DeskRow>(`${DESK} WHERE id = $1 FOR UPDATE`, [id])

export const revokeDesk = (tx: Tx, id: string, at: Instant): Promise<number> =>
  tx.run('UPDATE desk SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, at])

/** A code for one enrolment; 0 when there is such a code already. */
export const addEnrolment = (
  tx: Tx,
  e: { code: string; name: string; madeBy: string; until: Instant },
): Promise<number> =>
  tx.run('INSERT INTO enrolment (code, name, made_by, until) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    e.code,
    e.name,
    e.madeBy,
    e.until,
  ])

/** Uses a code up; answers the name it was made for, null when it is unknown, used or too old. */
export async function spendCode(tx: Tx, code: string, desk: string, now: Instant): Promise<string | null> {
  const row = await tx.one<{ name: string }>(
    `UPDATE enrolment SET used_by = $2, used_at = $3 WHERE code = $1 AND used_by IS NULL AND until > $3 RETURNING name`,
    [code, desk, now],
  )
  return row?.name ?? null
}

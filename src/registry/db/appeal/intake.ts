import type { Imei14 } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

/** Lets one filing of a person follow the other: two at once must not both be the first. */
export const holdApplicant = (tx: Tx, person: string): Promise<number> =>
  tx.run('SELECT pg_advisory_xact_lock(hashtextextended($1, 60))', [person])

/** Number of the person's open appeal about one of these IMEIs; null when there is none. */
export async function openAppealOf(tx: Tx, person: string, imeis: readonly Imei14[]): Promise<string | null> {
  const row = await tx.one<{ id: string }>(
    `SELECT a.id FROM appeal_imei i JOIN appeal a ON a.id = i.appeal
     WHERE i.imei14 = ANY ($2) AND a.applicant = $1 AND a.state NOT IN ('approved', 'rejected', 'referred', 'withdrawn')
     ORDER BY a.received_at LIMIT 1`,
    [person, imeis],
  )
  return row?.id ?? null
}

/** Devices the person has registered, or asks to, with a tracking number. */
export async function devicesTracked(tx: Tx, person: string, tracking: string): Promise<number> {
  const row = await tx.one<{ count: number }>(
    `SELECT count(*) AS count FROM appeal_key k JOIN appeal a ON a.id = k.appeal
     WHERE k.what = 'tracking' AND k.value = $2 AND a.applicant = $1 AND a.state NOT IN ('rejected', 'withdrawn')`,
    [person, tracking],
  )
  return row?.count ?? 0
}

export const addAccess = (tx: Tx, appeal: string, secretSha256: string): Promise<number> =>
  tx.run('INSERT INTO appeal_access (appeal, secret_sha256) VALUES ($1, $2)', [appeal, secretSha256])

/** Whether the hash is that of the appeal's secret. */
export async function hasAccess(db: Sql, appeal: string, secretSha256: string): Promise<boolean> {
  const row = await db.one<{ ok: number }>(
    'SELECT 1 AS ok FROM appeal_access WHERE appeal = $1 AND secret_sha256 = $2',
    [appeal, secretSha256],
  )
  return row !== null
}

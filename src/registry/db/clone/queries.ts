import type { CloneState, CloneVerdict } from '../../../domain/cloneCase.ts'
import type { Imei14, Instant, Operator } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

export interface GenuineHolder {
  readonly imsi: string
  readonly msisdn: string
  readonly operator: Operator
}

export interface StoredCase {
  readonly no: number
  readonly id: string
  readonly imei14: Imei14
  readonly state: CloneState
  readonly verdict: CloneVerdict | null
  readonly holder: GenuineHolder | null
  readonly by: string | null
  readonly signatures: readonly string[]
}

const CASE = 'SELECT no, id, imei14, state, verdict, holder, made_by AS by, signatures FROM clone_case'

/** A case, held against other acts on it. */
export const caseForUpdate = (tx: Tx, id: string): Promise<StoredCase | null> =>
  tx.one<StoredCase>(`${CASE} WHERE id = $1 FOR UPDATE`, [id])

export const caseById = (db: Sql, id: string): Promise<StoredCase | null> =>
  db.one<StoredCase>(`${CASE} WHERE id = $1`, [id])

export const OPEN_CASES = `SELECT imei14 FROM clone_case WHERE imei14 = ANY($1) AND state IN ('open', 'awaiting-signature', 'clone')`

/** IMEIs among some that have a case which is not closed. */
export const withOpenCase = async (tx: Tx, imeis: readonly Imei14[]): Promise<Set<Imei14>> =>
  new Set((await tx.all<{ imei14: Imei14 }>(OPEN_CASES, [imeis])).map((row) => row.imei14))

/** Number of the next case. */
export async function nextCaseNo(tx: Tx): Promise<number> {
  return (await tx.one<{ no: number }>('SELECT coalesce(max(no), 0) + 1 AS no FROM clone_case'))?.no ?? 1
}

export const addCase = (
  tx: Tx,
  c: { no: number; id: string; imei14: Imei14; by: string | null; at: Instant },
): Promise<number> =>
  tx.run(`INSERT INTO clone_case (no, id, imei14, state, made_by, opened_at) VALUES ($1, $2, $3, 'open', $4, $5)`, [
    c.no,
    c.id,
    c.imei14,
    c.by,
    c.at,
  ])

export const saveCase = (tx: Tx, c: StoredCase): Promise<number> =>
  tx.run('UPDATE clone_case SET state = $2, verdict = $3, holder = $4, made_by = $5, signatures = $6 WHERE no = $1', [
    c.no,
    c.state,
    c.verdict,
    c.holder === null ? null : JSON.stringify(c.holder),
    c.by,
    c.signatures,
  ])

/** The genuine holder's subscriber is let through from now on, or, without one, nobody is any more. */
export async function setException(tx: Tx, c: StoredCase, holder: GenuineHolder | null): Promise<void> {
  await tx.run('DELETE FROM exception WHERE case_no = $1', [c.no])
  if (holder)
    await tx.run(
      'INSERT INTO exception (imei14, imsi, case_no) VALUES ($1, $2, $3) ON CONFLICT (imei14, imsi) DO UPDATE SET case_no = excluded.case_no',
      [c.imei14, holder.imsi, c.no],
    )
}

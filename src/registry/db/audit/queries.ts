import type { AuditEntry } from '../../../contract/registry.ts'
import type { Sql } from '../pool.ts'

export const ENTRIES_ABOUT = `SELECT no, seq, at, officer, desk, act, subject, hash FROM audit
   WHERE subject = ANY($1) ORDER BY no LIMIT $2`

/** Entries about these subjects, the oldest first. */
export const entriesAbout = (db: Sql, subjects: readonly string[], limit: number): Promise<AuditEntry[]> =>
  db.all<AuditEntry>(ENTRIES_ABOUT, [subjects, limit])

/** Hashes of entries by number. */
export async function hashesOf(db: Sql, numbers: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.all<{ no: number; hash: string }>('SELECT no, hash FROM audit WHERE no = ANY($1)', [numbers])
  return new Map(rows.map(({ no, hash }) => [no, hash]))
}

/** Hashes of the entries after `after`, in order. */
export async function hashesAfter(db: Sql, after: number, limit: number): Promise<string[]> {
  const rows = await db.all<{ hash: string }>('SELECT hash FROM audit WHERE no > $1 ORDER BY no LIMIT $2', [
    after,
    limit,
  ])
  return rows.map(({ hash }) => hash)
}

import type { Instant } from '../../../domain/fact.ts'
import type { Officer } from '../../../domain/officer.ts'
import type { Policy } from '../../../domain/policy.ts'
import type { Sql } from '../pool.ts'

export interface Desk {
  readonly id: string
  /** Raw Ed25519 key, base64url. */
  readonly publicKey: string
  readonly name: string
  readonly revokedAt: Instant | null
}

const DESK = 'SELECT id, public_key AS "publicKey", name, revoked_at AS "revokedAt" FROM desk'

export const deskById = (db: Sql, id: string): Promise<Desk | null> => db.one<Desk>(`${DESK} WHERE id = $1`, [id])

/** Adds a desk; 0 when its id is taken. */
export const addDesk = (db: Sql, d: { id: string; publicKey: string; name: string; at: Instant }): Promise<number> =>
  db.run('INSERT INTO desk (id, public_key, name, enrolled_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    d.id,
    d.publicKey,
    d.name,
    d.at,
  ])

export const officers = (db: Sql): Promise<Officer[]> =>
  db.all<Officer>('SELECT id, name, role FROM officer ORDER BY id')

export const officerById = (db: Sql, id: string): Promise<Officer | null> =>
  db.one<Officer>('SELECT id, name, role FROM officer WHERE id = $1', [id])

export const setOfficer = (db: Sql, o: Officer): Promise<number> =>
  db.run(
    'INSERT INTO officer (id, name, role) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role',
    [o.id, o.name, o.role],
  )

/** The policy in force: the latest version. */
export async function currentPolicy(db: Sql): Promise<Policy> {
  const row = await db.one<{ doc: Policy }>('SELECT doc FROM policy ORDER BY version DESC LIMIT 1')
  if (!row) throw new Error('the registry has no policy')
  return row.doc
}

/** Number of the event that set the last of the first `versions` policies; null when there is none. */
export const foundationSeq = async (db: Sql, versions: number): Promise<number | null> =>
  (await db.one<{ seq: number | null }>('SELECT max(from_seq) AS seq FROM policy WHERE version <= $1', [versions]))
    ?.seq ?? null

export const addPolicy = (db: Sql, p: Policy): Promise<number> =>
  db.run('INSERT INTO policy (version, doc) VALUES ($1, $2)', [p.version, JSON.stringify(p)])

export const policyFrom = (db: Sql, version: number, seq: number): Promise<number> =>
  db.run('UPDATE policy SET from_seq = $2 WHERE version = $1', [version, seq])

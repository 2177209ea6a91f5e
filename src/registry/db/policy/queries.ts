import type { Instant, IsoDate, Seq } from '../../../domain/fact.ts'
import type { Policy } from '../../../domain/policy.ts'
import type { ProposalState } from '../../../domain/policyProposal.ts'
import type { Sql } from '../pool.ts'
import type { Tx } from '../transaction.ts'

export interface StoredProposal {
  readonly id: string
  readonly version: number
  readonly validFrom: IsoDate
  readonly policy: Policy
  readonly sha256: string
  readonly state: ProposalState
  readonly by: string
  readonly signatures: readonly string[]
}

const PROPOSAL = `SELECT id, version, valid_from AS "validFrom", doc AS policy, sha256, state, made_by AS by, signatures FROM policy_proposal`

/** A proposal, held against other acts on it. */
export const proposalForUpdate = (tx: Tx, id: string): Promise<StoredProposal | null> =>
  tx.one<StoredProposal>(`${PROPOSAL} WHERE id = $1 FOR UPDATE`, [id])

export const addProposal = (
  tx: Tx,
  p: StoredProposal & { readonly note: string; readonly at: Instant },
): Promise<number> =>
  tx.run(
    `INSERT INTO policy_proposal (id, version, valid_from, doc, sha256, state, made_by, signatures, note, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [p.id, p.version, p.validFrom, JSON.stringify(p.policy), p.sha256, p.state, p.by, p.signatures, p.note, p.at],
  )

export const saveProposal = (tx: Tx, p: Pick<StoredProposal, 'id' | 'state' | 'signatures'>): Promise<number> =>
  tx.run('UPDATE policy_proposal SET state = $2, signatures = $3 WHERE id = $1', [p.id, p.state, p.signatures])

/** The last version there will be: in force, or signed and waiting for its day. */
export async function lastVersion(db: Sql): Promise<Policy> {
  const row = await db.one<{ doc: Policy }>(
    `SELECT doc FROM (SELECT version, doc FROM policy UNION ALL SELECT version, doc FROM policy_proposal WHERE state = 'signed') p
     ORDER BY version DESC LIMIT 1`,
  )
  if (!row) throw new Error('the registry has no policy')
  return row.doc
}

/** Signed versions whose day has come, the oldest first. */
export const dueProposals = (db: Sql, today: IsoDate): Promise<StoredProposal[]> =>
  db.all<StoredProposal>(`${PROPOSAL} WHERE state = 'signed' AND valid_from <= $1 ORDER BY version`, [today])

export const IMEIS_WITH_FACTS = 'SELECT DISTINCT imei14 FROM fact WHERE imei14 > $1 ORDER BY imei14 LIMIT $2'

/** IMEIs that any fact names, those after one, ascending. */
export const imeisWithFacts = async (tx: Tx, after: number, limit: number): Promise<number[]> =>
  (await tx.all<{ imei14: number }>(IMEIS_WITH_FACTS, [after, limit])).map((row) => row.imei14)

/** A version that begins: its row, without the number of its event. */
export const addVersion = (tx: Tx, p: Policy): Promise<number> =>
  tx.run('INSERT INTO policy (version, doc) VALUES ($1, $2)', [p.version, JSON.stringify(p)])

export const numberVersion = (tx: Tx, version: number, seq: Seq): Promise<number> =>
  tx.run('UPDATE policy SET from_seq = $2 WHERE version = $1', [version, seq])

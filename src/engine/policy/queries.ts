import type { PolicyProposal } from '../../contract/engine/policyActs.ts'
import type { Policy } from '../../domain/policy.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'

type Row = Omit<PolicyProposal, 'policy' | 'signatures'> & { readonly doc: string; readonly signatures: string }

const PROPOSAL = `SELECT id AS proposal, version, valid_from AS validFrom, doc, sha256, state, by, at, note, signatures FROM policy_proposal`

const proposalOf = ({ doc, signatures, ...row }: Row): PolicyProposal => ({
  ...row,
  policy: JSON.parse(doc) as PolicyProposal['policy'],
  signatures: JSON.parse(signatures) as string[],
})

/** All proposals, the latest first. */
export const proposals = (cache: Reader): PolicyProposal[] =>
  cache.query<Row>(`${PROPOSAL} ORDER BY at DESC, version DESC`).all().map(proposalOf)

/** A proposal by its id, or by the number its version will have while only one waits for it; throws `policy-unknown`. */
export function proposalOrTrouble(cache: Reader, name: string): PolicyProposal {
  const rows = /^\d{1,9}$/.test(name)
    ? cache.query<Row>(`${PROPOSAL} WHERE version = ? AND state = 'awaiting-signature'`).all(Number(name))
    : cache.query<Row>(`${PROPOSAL} WHERE id = ?`).all(name.toLowerCase())
  const [row, another] = rows
  if (!row || another) throw trouble('policy-unknown', { policy: name })
  return proposalOf(row)
}

/** The last version there will be: in force, or signed and waiting for its day. */
export function lastVersionOf(cache: Reader, inForce: Policy): Policy {
  const doc = cache.value<string>(
    `SELECT doc FROM policy_proposal WHERE state = 'signed' ORDER BY version DESC LIMIT 1`,
  )
  return doc === undefined ? inForce : (JSON.parse(doc) as Policy)
}

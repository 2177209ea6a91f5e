import type { EventDoc } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'

/** A version of the policy that waits for signatures. */
export function applyPolicyProposed(tx: Writer, at: Instant, e: EventDoc<'policy-proposed'>): void {
  tx.run(
    `INSERT INTO policy_proposal(id, version, valid_from, doc, sha256, state, by, at, note, signatures)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    e.proposal,
    e.version,
    e.validFrom,
    JSON.stringify(e.policy),
    e.sha256,
    e.state,
    e.by,
    at,
    e.note,
    JSON.stringify(e.signatures),
  )
}

export function applyPolicySigned(tx: Writer, e: EventDoc<'policy-signed'>): void {
  const signatures = JSON.stringify(e.signatures)
  tx.run('UPDATE policy_proposal SET state = ?, signatures = ? WHERE id = ?', e.state, signatures, e.proposal)
}

export function applyPolicyDropped(tx: Writer, e: EventDoc<'policy-dropped'>): void {
  tx.run(`UPDATE policy_proposal SET state = 'declined' WHERE id = ?`, e.proposal)
}

/** The signed proposal of a version that begins. */
export const applyPolicyBegun = (tx: Writer, version: number): void => {
  tx.run(`UPDATE policy_proposal SET state = 'in-force' WHERE version = ? AND state = 'signed'`, version)
}

import { businessDate } from '../../domain/businessDate.ts'
import type { Instant, Seq } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { movesListings } from '../../domain/policyChange.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { applyMoves, holdFacts, nextNumber, numberAct, startMoving } from '../db/fact/queries.ts'
import { record } from '../db/log/queries.ts'
import { addVersion, dueProposals, numberVersion, type StoredProposal, saveProposal } from '../db/policy/queries.ts'
import type { Database } from '../db/pool.ts'
import { type Tx, transaction } from '../db/transaction.ts'
import { judgePolicy } from './judgePolicy.ts'

/** A version that begins now: what is to be told, and what its number is then written to. */
export interface Beginning {
  readonly policy: Policy
  numbered(seq: Seq): Promise<void>
}

/** Makes a signed version hold from here on: its row and the listings that follow. The writer's row is held. */
export async function beginPolicy(tx: Tx, proposal: StoredProposal): Promise<Beginning> {
  const before = await currentPolicy(tx)
  const policy = { ...proposal.policy, signedBy: proposal.signatures.join(', ') }
  await (movesListings(before, policy) ? judgePolicy(tx, before, policy) : startMoving(tx))
  const act = await nextNumber(tx, 'last_act')
  await applyMoves(tx, act)
  await addVersion(tx, policy)
  await saveProposal(tx, { ...proposal, state: 'in-force' })
  return {
    policy,
    numbered: async (seq) => {
      await numberVersion(tx, policy.version, seq)
      await numberAct(tx, act, seq)
    },
  }
}

/** Begins the signed versions whose day has come; answers whether any did. A policy starts by an event, never by the clock alone. */
export async function startDuePolicies(db: Database, now: Instant): Promise<boolean> {
  if ((await dueProposals(db, businessDate(now))).length === 0) return false
  return transaction(db, async (tx) => {
    await holdFacts(tx)
    const due = await dueProposals(tx, businessDate(now))
    for (const proposal of due) {
      const { policy, numbered } = await beginPolicy(tx, proposal)
      const audit = { officer: '', desk: '', act: 'policy-set', subject: String(policy.version) }
      await numbered(await record(tx, now, [{ type: 'policy-set', doc: policy }], [audit]))
    }
    return due.length > 0
  })
}

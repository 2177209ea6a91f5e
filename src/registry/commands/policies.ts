import { createHash } from 'node:crypto'
import { policyManifest } from '../../contract/fingerprint.ts'
import { zPolicy } from '../../contract/value.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Policy } from '../../domain/policy.ts'
import type { PolicyFile } from '../../domain/policyLine.ts'
import { POLICY_ACTS, proposedPolicy } from '../../domain/policyProposal.ts'
import { done, refused } from '../../domain/problem.ts'
import { firstSignatures, isWhollySigned, mayDrop, nextSignatures } from '../../domain/twoSignatures.ts'
import { holdFacts } from '../db/fact/queries.ts'
import { addProposal, lastVersion, proposalForUpdate, type StoredProposal, saveProposal } from '../db/policy/queries.ts'
import type { Handler } from './act.ts'
import { beginPolicy } from './startPolicy.ts'

const answerOf = (p: StoredProposal) => ({
  proposal: p.id,
  version: p.version,
  validFrom: p.validFrom,
  sha256: p.sha256,
  state: p.state,
  signatures: [...p.signatures],
})
const manifestOf = (policy: Policy): string => policyManifest(createHash('sha256'), { ...policy })

/** A new version of the policy is proposed; it holds for nobody before two approvers signed and its day has come. */
export const proposePolicy: Handler<'propose-policy'> = async (act, { proposal: id, policy: file, note }) => {
  const { tx, actor } = act
  const signatures = firstSignatures(actor.officer, POLICY_ACTS)
  if (!signatures.ok) return signatures
  act.about(id)
  await holdFacts(tx)
  if (await proposalForUpdate(tx, id)) return refused('command-changed', { command: actor.command })
  const proposed = proposedPolicy(file as PolicyFile, await lastVersion(tx), businessDate(actor.now))
  if (!proposed.ok) return proposed
  const policy = zPolicy.parse(proposed.value)
  const { version, validFrom } = policy
  const sha256 = manifestOf(policy)
  const by = actor.officer.id
  const state = 'awaiting-signature' as const
  const stored = { id, version, validFrom, policy, sha256, state, by, signatures: signatures.value }
  await addProposal(tx, { ...stored, note, at: actor.now })
  act.event('policy-proposed', { ...answerOf(stored), policy, by, note, command: actor.command })
  return done(answerOf(stored))
}

/** A signature under a proposed version. With the second it is signed, and begins at once when its day has come. */
export const signPolicy: Handler<'sign-policy'> = async (act, { proposal: id, sha256, agrees, note }) => {
  const { tx, actor } = act
  act.about(id)
  await holdFacts(tx)
  const proposal = await proposalForUpdate(tx, id)
  if (!proposal) return refused('policy-unknown', { policy: id })
  const waiting = { ...proposal, waits: proposal.state === 'awaiting-signature' }
  const by = actor.officer.id
  if (!agrees) {
    const allowed = mayDrop(waiting, actor.officer, POLICY_ACTS)
    if (!allowed.ok) return allowed
    const declined = { ...proposal, state: 'declined' as const }
    await saveProposal(tx, declined)
    act.event('policy-dropped', { proposal: id, by, note, command: actor.command })
    return done(answerOf(declined))
  }
  const signatures = nextSignatures(waiting, actor.officer, POLICY_ACTS)
  if (!signatures.ok) return signatures
  if (sha256 !== proposal.sha256) return refused('policy-changed', { policy: id })
  const signed = { ...proposal, signatures: signatures.value }
  if (!isWhollySigned(signatures.value)) {
    await saveProposal(tx, signed)
    act.event('policy-signed', { ...answerOf(signed), by, command: actor.command })
    return done(answerOf(signed))
  }
  const last = await lastVersion(tx)
  const today = businessDate(actor.now)
  // what was proposed beside it and signed first has taken its number, or its day went by meanwhile
  if (last.version >= proposal.version || last.validFrom >= proposal.validFrom || proposal.validFrom < today)
    return refused('policy-order', {
      version: proposal.version,
      date: proposal.validFrom,
      from: last.validFrom > today ? last.validFrom : today,
    })
  const begins = proposal.validFrom <= today
  const whole = { ...signed, state: begins ? ('in-force' as const) : ('signed' as const) }
  await saveProposal(tx, { ...whole, state: 'signed' })
  act.event('policy-signed', { ...answerOf(whole), by, command: actor.command })
  if (begins) {
    const { policy, numbered } = await beginPolicy(tx, whole)
    act.event('policy-set', { ...policy, precedence: [...policy.precedence] } as never, numbered)
  }
  return done(answerOf(whole))
}

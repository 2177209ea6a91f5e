import type { z } from 'zod'
import type { POLICY_CALLS } from '../../contract/engine/policyActs.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { changedPolicy } from '../../domain/policyChange.ts'
import type { PolicyFile } from '../../domain/policyLine.ts'
import { POLICY_ACTS, proposedPolicy } from '../../domain/policyProposal.ts'
import { type Outcome, ProblemError } from '../../domain/problem.ts'
import { firstSignatures, mayDrop, nextSignatures } from '../../domain/twoSignatures.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { lastVersionOf, proposalOrTrouble } from './queries.ts'

type Asked = z.output<(typeof POLICY_CALLS)['propose-policy']['input']>
type Done = z.input<(typeof POLICY_CALLS)['propose-policy']['output']>

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new ProblemError(outcome.problem)
  return outcome.value
}

/** Proposes a version: a file's, or the one in force with changes. Checked here first; the registry gives it its number. */
export async function proposePolicy(desk: Desk, { policy: file, set, validFrom, note }: Asked): Promise<Done> {
  const signatures = orThrow(firstSignatures(desk.session.officer(), POLICY_ACTS))
  const cache = desk.home.cache.read
  const inForce = policyAt(cache, cursorOf(cache).seq)
  const base = (file ?? inForce) as PolicyFile
  const changed = set.length > 0 ? orThrow(changedPolicy(base as typeof inForce, set)) : base
  const wanted = validFrom === null ? changed : { ...changed, validFrom }
  const policy = orThrow(proposedPolicy(wanted as PolicyFile, lastVersionOf(cache, inForce), businessDate(desk.now())))
  const proposal = uuid7(desk.now())
  const body = { proposal, policy: { ...policy, precedence: [...policy.precedence] }, note }
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'propose-policy', subject: proposal, body: body as never }),
  )
  const settled = await desk.commands.settle(command)
  desk.changed('listing')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'done') return COMMAND_RESULTS['propose-policy'].parse(settled.result)
  const { version } = policy
  return { proposal, version, validFrom: policy.validFrom, state: 'queued', signatures: [...signatures] }
}

/** Signs a proposal as this desk knows it, or ends it. Role and own act are checked here first, the registry decides. */
export async function signPolicy(desk: Desk, name: string, agrees: boolean, note: string): Promise<Done> {
  const found = proposalOrTrouble(desk.home.cache.read, name)
  const officer = desk.session.officer()
  const waiting = { ...found, id: found.proposal, waits: found.state === 'awaiting-signature' }
  orThrow<unknown>(agrees ? nextSignatures(waiting, officer, POLICY_ACTS) : mayDrop(waiting, officer, POLICY_ACTS))
  const body = { proposal: found.proposal, sha256: found.sha256, agrees, note }
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'sign-policy', subject: found.proposal, body }),
  )
  const settled = await desk.commands.settle(command)
  desk.changed('listing')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'done') return COMMAND_RESULTS['sign-policy'].parse(settled.result)
  const { proposal, version, validFrom, signatures } = found
  return { proposal, version, validFrom, state: 'queued', signatures }
}

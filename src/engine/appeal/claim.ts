import type { z } from 'zod'
import type { APPEAL_CALLS } from '../../contract/engine/appeal.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { canClaim } from '../../domain/decision.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import type { Desk } from '../sync/desk.ts'
import { withdrawQueued } from '../sync/outbox.ts'
import { appealOf, withProvisionalClaim } from './appealOf.ts'
import { likelyNext } from './likelyNext.ts'

type Claimed = z.input<(typeof APPEAL_CALLS)['claim-appeal']['output']>

/** Takes an appeal for some time. Offline the claim is provisional: it stands in the outbox and the registry decides later. */
export async function claimAppeal(desk: Desk, id: string): Promise<Claimed> {
  const officer = desk.session.officer()
  const role = may(officer, 'claim')
  if (!role.ok) throw new ProblemError(role.problem)
  return id === 'next' ? claimNext(desk) : claimById(desk, id)
}

/** The registry chooses, so that two desks are not given the same; when it cannot be reached, the mirror does. */
async function claimNext(desk: Desk): Promise<Claimed> {
  const command = order(desk, null)
  const settled = await desk.commands.settle(command)
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'done') {
    const { appeal } = COMMAND_RESULTS['claim-appeal'].parse(settled.result)
    return answer(desk, appeal, false)
  }
  // asked, and whether the question arrived is unknown: the next round brings what was claimed, a second claim would take two
  if (!desk.home.desk.write((tx) => withdrawQueued(tx, command))) throw trouble('needs-registry', { command })
  const [id] = likelyNext(desk)
  if (id === undefined) throw trouble('appeal-none-waiting')
  return claimById(desk, id)
}

async function claimById(desk: Desk, id: string): Promise<Claimed> {
  const able = canClaim(appealOf(desk, id), desk.session.officer(), desk.now())
  if (!able.ok) throw new ProblemError(able.problem)
  const settled = await desk.commands.settle(order(desk, id))
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  return answer(desk, id, settled.state === 'queued')
}

const order = (desk: Desk, appeal: string | null): string =>
  desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'claim-appeal', subject: appeal ?? 'next', body: { appeal } }),
  )

function answer(desk: Desk, id: string, pending: boolean): Claimed {
  const appeal = withProvisionalClaim(desk, appealOf(desk, id))
  // no event tells of a claim that waits in the outbox
  if (pending) desk.changed('appeal')
  return { appeal: id, state: appeal.state, leaseUntil: appeal.lease?.until ?? null, pending }
}

/** Gives a claimed appeal back to the queue. */
export async function returnAppeal(desk: Desk, id: string, reason: string): Promise<void> {
  const appeal = withProvisionalClaim(desk, appealOf(desk, id))
  const officer = desk.session.officer()
  if (appeal.lease?.officer !== officer.id) throw trouble('appeal-not-claimed', { appeal: id })
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'return-appeal', subject: id, body: { appeal: id, reason } }),
  )
  const settled = await desk.commands.settle(command)
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
}

import type { Appeal } from '../../domain/appeal.ts'
import { addMinutes } from '../../domain/businessDate.ts'
import type { Instant } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { type OutboxRow, openCommandsOf } from '../sync/outbox.ts'
import { APPEAL_DOC } from './queries.ts'

/** The appeal as the mirror has it; `appeal-unknown` when it has none. */
export function appealOf(desk: Desk, id: string): Appeal {
  const doc = desk.home.cache.read.value<string>(APPEAL_DOC, id)
  if (doc === undefined) throw trouble('appeal-unknown', { appeal: id })
  return JSON.parse(doc) as Appeal
}

/** What this desk has ordered about an appeal and the registry has not answered yet. */
export interface Waiting {
  readonly decision: OutboxRow | null
  /** A claim made while the registry could not be reached: provisional. */
  readonly claim: OutboxRow | null
}

export function waitingOf(desk: Desk, id: string): Waiting {
  const rows = openCommandsOf(desk.home.desk.read, id)
  return {
    decision: rows.find((r) => r.kind === 'decide-appeal') ?? null,
    claim: rows.find((r) => r.kind === 'claim-appeal') ?? null,
  }
}

/**
 * The appeal with a claim that is still on its way counted as the officer's lease. Its version is the one the claim will make: a
 * decision sent behind it is compared with that.
 */
export function withProvisionalClaim(desk: Desk, appeal: Appeal): Appeal {
  const { claim } = waitingOf(desk, appeal.id)
  if (!claim) return appeal
  const minutes = policyAt(desk.home.cache.read, cursorOf(desk.home.cache.read).seq).appeal.leaseMinutes
  const until: Instant = addMinutes(claim.at, minutes)
  return {
    ...appeal,
    state: appeal.state === 'received' ? 'claimed' : appeal.state,
    version: appeal.version + 1,
    lease: { officer: claim.officer, desk: '', until, token: 0 },
  }
}

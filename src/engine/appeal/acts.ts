import { type Appeal, isOpen, type ReasonCode } from '../../domain/appeal.ts'
import { type AppealChange, assign, complain, handOver, prolong, revoke, withdraw } from '../../domain/appealActs.ts'
import { calendarOf } from '../../domain/calendar.ts'
import type { Officer } from '../../domain/officer.ts'
import { type Outcome, ProblemError, trouble } from '../../domain/problem.ts'
import { proposeRevocation } from '../../domain/revocation.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk, NewCommand } from '../sync/desk.ts'
import { appealOf, withProvisionalClaim } from './appealOf.ts'
import { OFFICER } from './queries.ts'

interface Acted {
  readonly appeal: string
  readonly state: string
  readonly pending: boolean
}

/** Acts about an appeal: judged here by the domain as the registry will, then ordered; the registry's word is the last. */
export const prolongAppeal = (desk: Desk, ask: { id: string; until: string; note: string; internal: string }) =>
  ordered(desk, ask.id, (appeal) => ({
    judged: prolong(appeal, desk.session.officer(), ask, contextOf(desk)),
    command: {
      kind: 'prolong-appeal',
      subject: ask.id,
      body: { ...named(appeal), until: ask.until, note: ask.note, internal: ask.internal },
    },
  }))

export const handOverAppeal = (desk: Desk, { id, to, note }: { id: string; to: string; note: string }) =>
  ordered(desk, id, (appeal) => ({
    judged: handOver(appeal, desk.session.officer(), officerOf(desk, to), note, desk.now()),
    command: { kind: 'hand-over-appeal', subject: id, body: { appeal: id, to, note } },
  }))

export const assignAppeal = (desk: Desk, { id, to, reason }: { id: string; to: string | null; reason: string }) =>
  ordered(desk, id, (appeal) => ({
    judged: assign(appeal, desk.session.officer(), to === null ? null : officerOf(desk, to), reason, desk.now()),
    command: { kind: 'assign-appeal', subject: id, body: { appeal: id, to, reason } },
  }))

export const withdrawAppeal = (desk: Desk, { id, note }: { id: string; note: string }) =>
  ordered(desk, id, (appeal) => ({
    judged: withdraw(appeal, desk.session.officer(), note, desk.now()),
    command: { kind: 'withdraw-appeal', subject: id, body: { ...named(appeal), note } },
  }))

/** Takes the own decision back, or proposes to take an approval back, which needs reasons. */
export const revokeDecision = (
  desk: Desk,
  { id, ...said }: { id: string; note: string; reasons: readonly ReasonCode[]; internal: string },
) =>
  ordered(desk, id, (appeal) => ({
    judged:
      appeal.state === 'approved'
        ? proposeRevocation(appeal, desk.session.officer(), said, { now: desk.now() })
        : revoke(appeal, desk.session.officer(), said.note, desk.now()),
    command: {
      kind: 'revoke-decision',
      subject: id,
      body: { ...named(appeal), ...said, reasons: [...said.reasons] },
    },
  }))

export const complainAppeal = (desk: Desk, { id, text }: { id: string; text: string }) =>
  ordered(desk, id, (appeal) => ({
    judged: complain(appeal, { text, officer: desk.session.officer() }, contextOf(desk)),
    command: { kind: 'complain-appeal', subject: id, body: { ...named(appeal), text } },
  }))

const named = (appeal: Appeal) => ({ appeal: appeal.id, version: appeal.version })

async function ordered(
  desk: Desk,
  id: string,
  act: (appeal: Appeal) => { readonly judged: Outcome<AppealChange>; readonly command: NewCommand },
): Promise<Acted> {
  const before = appealOf(desk, id)
  const { judged, command } = act(isOpen(before.state) ? withProvisionalClaim(desk, before) : before)
  if (!judged.ok) throw new ProblemError(judged.problem)
  const ordering = desk.home.desk.write((tx) => desk.commands.enqueue(tx, command))
  desk.changed('appeal')
  const settled = await desk.commands.settle(ordering)
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  const pending = settled.state === 'queued'
  const state = pending ? (judged.value.change.state ?? before.state) : appealOf(desk, id).state
  return { appeal: id, state, pending }
}

const contextOf = (desk: Desk) => {
  const cache = desk.home.cache.read
  const policy = policyAt(cache, cursorOf(cache).seq)
  return { policy, calendar: calendarOf(policy), now: desk.now() }
}

function officerOf(desk: Desk, id: string): Officer {
  const officer = desk.home.cache.read.query<Officer>(OFFICER).get(id)
  if (!officer) throw trouble('unknown-officer', { officer: id })
  return officer
}

import type { z } from 'zod'
import type { APPEAL_CALLS } from '../../contract/engine/appeal.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import type { Appeal, Decision } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { type DecisionContext, decide, type ForeignListing } from '../../domain/decision.ts'
import type { Fact, Imei14 } from '../../domain/fact.ts'
import { secondReasons } from '../../domain/fourEyes.ts'
import { imei15Text, parseImei } from '../../domain/imei.ts'
import { foreignListing } from '../../domain/owner.ts'
import { listingOf } from '../../domain/policy.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { reusable } from '../../domain/reusable.ts'
import { factsOf, factsOfSorted } from '../db/facts.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import { siblingsOf } from '../db/siblings.ts'
import type { Desk } from '../sync/desk.ts'
import { commandOf, withdrawHeld } from '../sync/outbox.ts'
import { appealOf, waitingOf, withProvisionalClaim } from './appealOf.ts'
import { putDraft } from './drafts.ts'
import { APPEALS_WITH_KEY } from './queries.ts'

type Ask = z.output<(typeof APPEAL_CALLS)['decide-appeal']['input']>
type Answer = z.input<(typeof APPEAL_CALLS)['decide-appeal']['output']>

/**
 * Orders a decision after the same checks that the registry makes; the registry's word is the last. The decision is also kept as the
 * officer's draft until it is done, so that whoever loses against another officer keeps his work.
 */
export async function decideAppeal(desk: Desk, ask: Ask): Promise<Answer> {
  const officer = desk.session.officer()
  if (waitingOf(desk, ask.id).decision) throw trouble('appeal-closed', { appeal: ask.id, state: 'queued' })
  const appeal = withProvisionalClaim(desk, appealOf(desk, ask.id))
  const { verdict, fields, reasons, note, internal, item, body: passedTo } = ask
  const told = {
    ...{ verdict, fields, reasons, note, internal },
    ...(item ? { item } : {}),
    ...(passedTo ? { body: passedTo } : {}),
  }
  const decision: Decision = { ...told, officer: officer.id, at: desk.now() }
  const outcome = decide(ownLeaseHolds(appeal, officer.id, desk.now()), decision, officer, contextOf(desk, appeal))
  if (!outcome.ok) throw new ProblemError(outcome.problem)

  const version = ask.version ?? appeal.version
  const body = { appeal: ask.id, version, ...told }
  const command = desk.home.desk.write((tx) => {
    const draft = { fields, verdict, reasons, note, internal, item, body: passedTo }
    putDraft(tx, { appeal: ask.id, officer: officer.id, draft, version, at: desk.now() })
    return desk.commands.enqueue(tx, { kind: 'decide-appeal', subject: ask.id, body, holdSeconds: ask.holdSeconds })
  })
  desk.changed('appeal')
  const expected = { appeal: ask.id, state: outcome.value.state, verdict, pending: true }
  if (ask.holdSeconds > 0) return { ...expected, held: command }
  const settled = await desk.commands.settle(command)
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'queued') return { ...expected, held: null }
  const result = COMMAND_RESULTS['decide-appeal'].parse(settled.result)
  return { appeal: ask.id, state: result.state, verdict, pending: result.pending, held: null }
}

/**
 * Whether the officer's own lease has run out is the registry's to say: this desk's clock may be wrong, and offline a lease cannot be
 * prolonged. Another officer's lease counts as it stands.
 */
const ownLeaseHolds = (appeal: Appeal, officer: string, now: string): Appeal =>
  appeal.lease?.officer === officer && appeal.lease.until <= now
    ? { ...appeal, lease: { ...appeal.lease, until: '9999-12-31T00:00:00Z' } }
    : appeal

/** What a decision depends on, from the mirror. The lot of the second signature is the registry's own. */
export function contextOf(desk: Desk, appeal: Appeal): DecisionContext {
  const cache = desk.home.cache.read
  const policy = policyAt(cache, cursorOf(cache).seq)
  const approved: Fact = {
    kind: 'appeal-approved',
    op: 'add',
    source: 'ministry',
    date: businessDate(desk.now()),
    batch: '',
    seq: Number.POSITIVE_INFINITY,
  }
  const foreign: ForeignListing[] = []
  let touchesBlack = false
  for (const { imei14, facts } of factsOfSorted(cache, deviceImeis(desk, appeal))) {
    const owned = foreignListing(facts, policy)
    if (owned) foreign.push({ imei: imei15Text(imei14), ...owned })
    const before = listingOf(facts, policy).list
    const after = listingOf([...facts, approved], policy).list
    if (before !== after && (before === 'black' || after === 'black')) touchesBlack = true
  }
  const reused = reusable(appeal).some(
    ([what, value]) => cache.value<string>(APPEALS_WITH_KEY, what, value, appeal.id) !== undefined,
  )
  const second = secondReasons(
    { appeal: appeal.id, priceTenge: appeal.claim.priceTenge, reused, touchesBlack, lot: null },
    policy,
  )
  return { policy, calendar: calendarOf(policy), now: desk.now(), second, foreign }
}

/** The claimed IMEIs and those the registry reports of the same device, ascending: an approval covers them all. */
function deviceImeis(desk: Desk, appeal: Appeal): readonly Imei14[] {
  const cache = desk.home.cache.read
  const all = new Set<Imei14>()
  for (const imei of appeal.claim.imeis) {
    const parsed = parseImei(imei)
    if (!parsed.ok) continue
    all.add(parsed.imei.imei14)
    for (const sibling of siblingsOf(cache, parsed.imei.imei14, factsOf(cache, parsed.imei.imei14))) all.add(sibling)
  }
  return [...all].sort((a, b) => a - b)
}

/** Takes back a decision that is still held; what was set stays as the draft. */
export function takeBack(desk: Desk, held: string): { appeal: string } {
  const row = commandOf(desk.home.desk.read, held)
  const taken = row !== undefined && desk.home.desk.write((tx) => withdrawHeld(tx, held))
  if (!taken) throw trouble('appeal-closed', { appeal: row?.subject ?? held, state: row?.state ?? 'unknown' })
  desk.changed('appeal', 'outbox', 'status')
  return { appeal: row.subject }
}

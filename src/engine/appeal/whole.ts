import type { z } from 'zod'
import type { zAppealWhole } from '../../contract/engine/appeal.ts'
import type { Appeal, Verdict } from '../../domain/appeal.ts'
import { longestTerm, passOnBy } from '../../domain/appealClock.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { compareClaim } from '../../domain/compare/compareClaim.ts'
import { maySign } from '../../domain/officer.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import { appealOf, waitingOf, withProvisionalClaim } from './appealOf.ts'
import { contextOf } from './decide.ts'
import { draftOf } from './drafts.ts'
import { gather } from './facts.ts'

/** One whole appeal: claim, facts, comparison, the officer's draft. */
export function wholeAppeal(desk: Desk, id: string): z.input<typeof zAppealWhole> {
  const cache = desk.home.cache.read
  const appeal = withProvisionalClaim(desk, appealOf(desk, id))
  const cursor = cursorOf(cache)
  const policy = policyAt(cache, cursor.seq)
  const { comparing, shown } = gather(cache, appeal, policy)
  const kept = draftOf(desk, id)
  const sealed = isSealed(desk, appeal, kept?.draft.verdict ?? null)
  return {
    ...((sealed ? withoutVerdict(appeal) : appeal) as Appeal & z.input<typeof zAppealWhole>),
    facts: shown,
    comparison: [...compareClaim(comparing)],
    draft: kept?.draft ?? null,
    draftOn: kept?.on ?? null,
    sealed,
    second: [...contextOf(desk, appeal).second],
    terms: {
      longest: longestTerm(appeal.complaint?.at ?? appeal.receivedAt, policy),
      passOnBy: passOnBy(appeal.receivedAt, policy, calendarOf(policy)),
    },
    pending: waitingOf(desk, id).decision !== null,
    asOf: { seq: cursor.seq, at: cursor.at },
  }
}

/** Who may give the second signature sees the first verdict only once he has his own. */
function isSealed(desk: Desk, appeal: Appeal, own: Verdict | null): boolean {
  const officer = desk.session.officerOrNull()
  if (appeal.state !== 'awaiting-signature' || !appeal.proposal || !officer || own !== null) return false
  return maySign(officer, [appeal.proposal.officer, ...(appeal.notBy ?? [])], []).ok
}

const withoutVerdict = (appeal: Appeal): Appeal => ({
  ...appeal,
  proposal: appeal.proposal && { ...appeal.proposal, fields: {}, reasons: [], note: '', internal: '', because: [] },
  timeline: appeal.timeline.map(({ because: _because, ...entry }) =>
    entry.what === 'proposed' ? { at: entry.at, what: entry.what, officer: entry.officer } : entry,
  ),
})

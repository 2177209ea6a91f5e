import { describe, expect, it } from 'vitest'
import type { AppealWhole, Draft } from '../../src/contract/engine/appeal.ts'
import type { ClaimField, FieldVerdict } from '../../src/domain/appeal.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { candidates } from '../../src/renderer/appeals/candidates.ts'
import { endsWithin } from '../../src/renderer/appeals/ownLease.ts'
import { bodyConcerned, obstacle, obstacleToApproval, suggestedReasons } from '../../src/renderer/appeals/readiness.ts'
import { modeOf } from '../../src/renderer/appeals/reviewMode.ts'
import {
  beginReview,
  draftOf,
  type ReviewAct,
  type ReviewState,
  review,
} from '../../src/renderer/appeals/reviewState.ts'
import type { AppealRow } from '../../src/renderer/ui/AppealTable.tsx'

const NOW = '2026-11-22T06:00:00Z'
const NONE: Draft = { fields: {}, verdict: null, reasons: [], note: '', internal: '', item: null, body: null }
const reviewer: Officer = { id: 'reviewer', name: 'Sample Reviewer', role: 'reviewer' }
const approver: Officer = { id: 'approver', name: 'Sample Approver', role: 'approver' }

const line = (field: ClaimField, mandatory: boolean) =>
  ({ field, mandatory, claim: 'x', fact: 'x', result: 'match', rule: 'model-agrees' }) as const

/** An appeal of an owner who brought a phone with two IMEIs. */
function appeal(change: Partial<AppealWhole> = {}): AppealWhole {
  const imei = (text: string) => ({
    imei: text,
    imei14: text.slice(0, 14),
    listing: { list: 'grey' as const, reason: 'not-confirmed' as const, since: '2026-11-02', deadline: '2026-12-02' },
    device: { tac: text.slice(0, 8), brand: null, model: null },
    firstSeen: '2026-11-02',
    owner: null,
    declaration: null,
  })
  return {
    id: 'A-2026-118204',
    state: 'claimed',
    version: 3,
    route: 'accompanied',
    receivedAt: NOW,
    dueAt: '2026-12-01',
    applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'Sample Owner', language: 'kk' },
    claim: { imeis: ['860000000000016', '860000000000024'] },
    evidence: [],
    lease: { officer: 'reviewer', desk: 'd', until: '2026-11-22T07:00:00Z', token: 1 },
    hearingAt: null,
    proposal: null,
    timeline: [],
    facts: { imeis: [imei('860000000000016'), imei('860000000000024')], journeys: [], reuse: [] },
    comparison: [
      line('imei1', true),
      line('imei2', true),
      line('model', true),
      line('owner', true),
      line('exit', false),
      line('purchase', true),
      line('entry', true),
      line('receipt', false),
    ],
    draft: null,
    draftOn: null,
    sealed: false,
    second: [],
    terms: { longest: '2027-01-01', passOnBy: '2026-11-26' },
    pending: false,
    asOf: { seq: 1, at: NOW },
    ...change,
  }
}

const steps = (state: ReviewState, ...acts: readonly ReviewAct[]): ReviewState => acts.reduce(review, state)
const judge = (verdict: FieldVerdict | null): ReviewAct => ({ do: 'judge', verdict })

describe('going through the fields', () => {
  it('one key a field is enough: each verdict goes on to the next field that an approval needs', () => {
    const seen: (ClaimField | null)[] = []
    let state = beginReview(appeal())
    for (let presses = 0; presses < 6; presses++) {
      seen.push(state.current)
      state = review(state, judge('match'))
    }
    expect(seen).toEqual(['imei1', 'imei2', 'model', 'owner', 'purchase', 'entry'])
    expect(obstacleToApproval(appeal(), draftOf(state))).toBeNull()
  })

  it('J and K stop at the ends', () => {
    const state = beginReview(appeal())
    expect(steps(state, { do: 'step', by: -1 }).current).toBe('imei1')
    expect(steps(state, ...Array<ReviewAct>(20).fill({ do: 'step', by: 1 })).current).toBe('receipt')
  })

  it('a field judged in error can be judged again or cleared', () => {
    const state = steps(beginReview(appeal()), judge('match'), { do: 'go', to: 'imei1' }, judge('contradict'))
    expect(state.fields).toEqual({ imei1: 'contradict' })
    expect(steps(state, { do: 'go', to: 'imei1' }, judge(null)).fields).toEqual({})
  })

  it('begins at the first field that the draft left unseen', () => {
    const draft: Draft = { ...NONE, fields: { imei1: 'match', imei2: 'match' } }
    expect(beginReview(appeal({ draft })).current).toBe('model')
  })

  it('a draft that comes from another desk is taken over where nothing was set, and nowhere else', () => {
    const come = appeal({ draft: { ...NONE, fields: { imei1: 'match' }, note: 'сурет анық емес' } })
    const renew: ReviewAct = { do: 'renew', appeal: come }
    const untouched = steps(beginReview(appeal()), { do: 'step', by: 1 }, renew)
    expect(draftOf(untouched)).toEqual(come.draft)
    expect(untouched.current).toBe('imei2')
    const begun = steps(beginReview(appeal()), judge('contradict'))
    expect(steps(begun, renew)).toEqual(begun)
  })

  it('another comparison leaves the officer at his field', () => {
    const longer = appeal({ comparison: [...appeal().comparison, line('tracking', false)] })
    const there = steps(beginReview(appeal()), { do: 'go', to: 'entry' }, { do: 'renew', appeal: longer })
    expect(there.current).toBe('entry')
    expect(there.order.at(-1)).toEqual({ field: 'tracking', mandatory: false })
  })

  it('what was set is the draft, and looking around does not change it', () => {
    const state = steps(beginReview(appeal()), { do: 'step', by: 1 }, { do: 'go', to: 'entry' })
    expect(state.edits).toBe(0)
    expect(steps(state, judge('unclear')).edits).toBe(1)
  })
})

describe('deciding', () => {
  const all: Draft['fields'] = {
    imei1: 'match',
    imei2: 'match',
    model: 'match',
    owner: 'match',
    purchase: 'match',
    entry: 'match',
  }

  it('an approval waits for every mandatory field and says which', () => {
    const { entry: _unseen, ...five } = all
    expect(obstacle(appeal(), { ...NONE, fields: five }, 'approve', '2026-11-22')).toEqual({
      why: 'unseen',
      fields: ['entry'],
    })
  })

  it('an approval is refused while a field contradicts', () => {
    const fields = { ...all, entry: 'contradict' as const }
    expect(obstacleToApproval(appeal(), { ...NONE, fields })).toEqual({ why: 'contradict', fields: ['entry'] })
  })

  it('an approval is refused while another body owns the listing', () => {
    const stolen = appeal()
    const [first, ...others] = stolen.facts.imeis
    if (!first) throw new Error('the sample has no IMEI')
    const facts = { ...stolen.facts, imeis: [{ ...first, owner: 'police' }, ...others] }
    expect(obstacleToApproval({ ...stolen, facts }, { ...NONE, fields: all })).toEqual({
      why: 'other-body',
      owner: 'police',
    })
  })

  it('everything but an approval needs a reason', () => {
    expect(obstacle(appeal(), NONE, 'reject', '2026-11-22')).toEqual({ why: 'reasons' })
    expect(obstacle(appeal(), { ...NONE, reasons: ['R07'] }, 'ask', '2026-11-22')).toBeNull()
  })

  it('an appeal is passed on to a body that is named; it is named beforehand where only one body can end the listing', () => {
    const reasoned: Draft = { ...NONE, reasons: ['R11'] }
    expect(obstacle(appeal(), reasoned, 'refer', '2026-11-22')).toEqual({ why: 'body' })
    expect(obstacle(appeal(), { ...reasoned, body: 'customs' }, 'refer', '2026-11-22')).toBeNull()
    const [first, second] = appeal().facts.imeis
    if (!first || !second) throw new Error('two IMEIs')
    const owned = (a: string | null, b: string | null) => ({
      facts: {
        ...appeal().facts,
        imeis: [
          { ...first, owner: a },
          { ...second, owner: b },
        ],
      },
    })
    expect(bodyConcerned(owned(null, null))).toBeNull()
    expect(bodyConcerned(owned(null, 'police'))).toBe('police')
    expect(bodyConcerned(owned('police', 'police'))).toBe('police')
    expect(bodyConcerned(owned('police', 'gsma'))).toBeNull()
    const begun = beginReview(appeal())
    expect(review(begun, { do: 'decide', verdict: 'refer', body: 'police' }).body).toBe('police')
    const chosen = steps(begun, { do: 'decide', verdict: 'refer' }, { do: 'pass-to', body: 'customs' })
    expect(review(chosen, { do: 'decide', verdict: 'refer', body: 'police' }).body).toBe('customs')
    expect(review(chosen, { do: 'decide', verdict: 'reject', body: 'police' }).body).toBeNull()
  })

  it('the final refusal waits for the hearing', () => {
    const heard = appeal({ hearingAt: '2026-11-25' })
    const draft: Draft = { ...NONE, reasons: ['R07'] }
    expect(obstacle(heard, draft, 'reject', '2026-11-24')).toEqual({ why: 'hearing', date: '2026-11-25' })
    expect(obstacle(heard, draft, 'reject', '2026-11-25')).toBeNull()
  })

  it('reasons follow from what contradicts, and an approval drops them', () => {
    const state = steps(
      beginReview(appeal()),
      { do: 'go', to: 'entry' },
      judge('contradict'),
      { do: 'go', to: 'owner' },
      judge('unclear'),
    )
    expect(suggestedReasons(appeal(), draftOf(state))).toEqual(['R07', 'R12'])
    const rejected = steps(
      state,
      { do: 'decide', verdict: 'reject' },
      { do: 'reasons', codes: ['R12', 'R07'] },
      { do: 'reason', code: 'R04' },
    )
    expect(rejected.reasons).toEqual(['R04', 'R07', 'R12'])
    expect(steps(rejected, { do: 'reason', code: 'R04' }).reasons).toEqual(['R07', 'R12'])
    expect(steps(rejected, { do: 'decide', verdict: 'approve' }).reasons).toEqual([])
  })
})

describe('what an officer may do with the appeal on screen', () => {
  const proposal = { verdict: 'approve' as const, fields: {}, reasons: [], note: '', officer: 'reviewer', at: NOW }
  it.each([
    ['his own claim is decided', appeal(), reviewer, 'decide'],
    ['a free one is taken first', appeal({ state: 'received', lease: null }), reviewer, 'take'],
    [
      'a lease that ran out binds nobody else',
      appeal({ lease: { officer: 'reviewer2', desk: 'd', until: '2026-11-22T05:00:00Z', token: 1 } }),
      reviewer,
      'take',
    ],
    [
      "another officer's is read",
      appeal({ lease: { officer: 'reviewer2', desk: 'd', until: '2026-11-22T07:00:00Z', token: 1 } }),
      reviewer,
      'read',
    ],
    [
      'an approver signs what another proposed',
      appeal({ state: 'awaiting-signature', proposal, lease: null }),
      approver,
      'sign',
    ],
    [
      'nobody signs what he proposed',
      appeal({ state: 'awaiting-signature', proposal: { ...proposal, officer: 'approver' }, lease: null }),
      approver,
      'read',
    ],
    ['an approver claims nothing', appeal({ state: 'received', lease: null }), approver, 'read'],
    [
      'a complaint is read by who decided the first round',
      appeal({ state: 'received', lease: null, notBy: ['reviewer'] }),
      reviewer,
      'read',
    ],
    [
      'one that a supervisor assigned to somebody else is read',
      appeal({ state: 'received', lease: null, assignedTo: 'reviewer2' }),
      reviewer,
      'read',
    ],
    [
      'one that was assigned to the officer is his to take',
      appeal({ state: 'received', lease: null, assignedTo: 'reviewer' }),
      reviewer,
      'take',
    ],
    ['a decided one is read', appeal({ state: 'approved', lease: null }), reviewer, 'read'],
    ['a decision on its way is waited for', appeal({ pending: true }), reviewer, 'pending'],
  ] as const)('%s', (_case, given, officer, mode) => {
    expect(modeOf(given, officer, NOW, false)).toBe(mode)
  })

  it('an appeal shown while its claim is on its way can be judged already', () => {
    expect(modeOf(appeal({ state: 'received', lease: null }), reviewer, NOW, true)).toBe('decide')
  })
})

it('the next appeal made ready is neither the present one, nor held, nor decided', () => {
  const row = (id: string, change: Partial<AppealRow> = {}): AppealRow => ({
    id,
    state: 'received',
    imeis: [],
    route: 'post',
    receivedAt: NOW,
    dueAt: '2026-12-01',
    claimedBy: null,
    leaseUntil: null,
    applicant: '',
    model: null,
    version: 1,
    pending: false,
    assignedTo: null,
    complaint: false,
    hearingAt: null,
    ...change,
  })
  const rows = [
    row('A'),
    row('B', { pending: true }),
    row('C', { claimedBy: 'reviewer2', leaseUntil: '2026-11-22T07:00:00Z' }),
    row('D', { claimedBy: 'reviewer2', leaseUntil: '2026-11-22T05:00:00Z' }),
    row('E'),
  ]
  expect(candidates(rows, 'A', NOW).map(({ id }) => id)).toEqual(['D', 'E'])
})

it('time for an appeal is over at its end, and close to it beforehand; what nobody holds has no end', () => {
  const lease = { officer: 'reviewer', desk: 'd', until: '2026-11-22T07:00:00Z', token: 1 }
  const end = Date.parse(lease.until)
  expect(endsWithin(null, end, 60_000)).toBe(false)
  expect(endsWithin(lease, end - 60_000, 60_000)).toBe(false)
  expect(endsWithin(lease, end - 59_999, 60_000)).toBe(true)
  expect(endsWithin(lease, end + 1, 0)).toBe(true)
})

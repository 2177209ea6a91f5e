import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Appeal, TimelineEntry } from '../../src/domain/appeal.ts'
import { answer, assign, complain, handOver, prolong, revoke, withdraw } from '../../src/domain/appealActs.ts'
import { addMonths, longestTerm } from '../../src/domain/appealClock.ts'
import { appealRules, bulkCapOf } from '../../src/domain/appealRules.ts'
import { isWorkingDay, KZ_CALENDAR } from '../../src/domain/calendar.ts'
import { canClaim, decide, signAppeal } from '../../src/domain/decision.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { isDrawn, secondReasons } from '../../src/domain/fourEyes.ts'
import { letterKind } from '../../src/domain/letter.ts'
import type { Officer } from '../../src/domain/officer.ts'

const NOW = '2026-11-23T06:00:00Z'
const officer = (id: string, role: Officer['role']): Officer => ({ id, name: id, role })
const reviewer = officer('reviewer', 'reviewer')
const reviewer2 = officer('reviewer2', 'reviewer')
const approver = officer('approver', 'approver')
const c = { policy: DEFAULT_POLICY, calendar: KZ_CALENDAR, now: NOW }
const appeal = (a: Partial<Appeal> = {}): Appeal => ({
  id: 'A-2026-1',
  state: 'claimed',
  version: 3,
  route: 'accompanied',
  receivedAt: '2026-11-09T06:00:00Z',
  dueAt: '2026-11-30',
  applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'X', language: 'kk' },
  claim: { imeis: ['490154203237518'] },
  evidence: [],
  lease: { officer: 'reviewer', desk: 'd', until: '2026-11-23T06:30:00Z', token: 1 },
  hearingAt: null,
  proposal: null,
  timeline: [],
  ...a,
})
const said = (what: TimelineEntry['what'], by = 'reviewer', at = NOW): TimelineEntry => ({ at, what, officer: by })
const codeOf = (o: { ok: boolean; problem?: { code: string } }) => (o.ok ? 'ok' : o.problem?.code)

describe('prolonging a term', () => {
  const ask = { until: '2026-12-18', note: 'waiting for customs', internal: 'called them' }
  test('moves the last day and names the day by which the applicant must know', () => {
    expect(prolong(appeal(), reviewer, ask, c)).toMatchObject({
      ok: true,
      value: {
        change: { dueAt: '2026-12-18' },
        entry: { what: 'prolonged', until: '2026-12-18', noticeBy: '2026-11-26', internal: 'called them' },
      },
    })
  })
  test('not without a reason, not beyond two months, not backwards, not after the term', () => {
    expect(codeOf(prolong(appeal(), reviewer, { ...ask, note: ' ' }, c))).toBe('reason-missing')
    expect(codeOf(prolong(appeal(), reviewer, { ...ask, until: '2027-01-09' }, c))).toBe('ok')
    expect(codeOf(prolong(appeal(), reviewer, { ...ask, until: '2027-01-10' }, c))).toBe('term-unusable')
    expect(codeOf(prolong(appeal(), reviewer, { ...ask, until: '2026-11-30' }, c))).toBe('term-unusable')
    expect(codeOf(prolong(appeal({ dueAt: '2026-11-20' }), reviewer, ask, c))).toBe('term-over')
  })
  test('only by who holds it', () => {
    expect(codeOf(prolong(appeal(), reviewer2, ask, c))).toBe('appeal-claimed-by-other')
    expect(codeOf(prolong(appeal({ lease: null }), reviewer, ask, c))).toBe('appeal-not-claimed')
    expect(codeOf(prolong(appeal(), approver, ask, c))).toBe('role-forbids')
  })
})

test('two months after receipt end on the last day of a shorter month', () => {
  expect(addMonths('2025-12-31', 2)).toBe('2026-02-28')
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
  expect(addMonths('2026-11-09', 2)).toBe('2027-01-09')
  // 20:00 UTC is the next day in Kazakhstan
  expect(longestTerm('2026-11-09T20:00:00Z', DEFAULT_POLICY)).toBe('2027-01-10')
})

describe('passing an appeal between officers', () => {
  test('handed over it waits for the colleague alone', () => {
    const given = handOver(appeal(), reviewer, reviewer2, 'knows the importer', NOW)
    expect(given).toMatchObject({ ok: true, value: { change: { state: 'received', lease: null } } })
    const kept = appeal({ state: 'received', lease: null, assignedTo: 'reviewer2' })
    expect(codeOf(canClaim(kept, reviewer, NOW))).toBe('appeal-claimed-by-other')
    expect(codeOf(canClaim(kept, reviewer2, NOW))).toBe('ok')
  })
  test('only to somebody who may decide', () => {
    expect(codeOf(handOver(appeal(), reviewer, approver, '', NOW))).toBe('role-forbids')
    expect(codeOf(handOver(appeal({ notBy: ['reviewer2'] }), reviewer, reviewer2, '', NOW))).toBe('own-act')
  })
  test('a supervisor ends a running lease, with a reason; a reviewer cannot', () => {
    expect(assign(appeal(), approver, reviewer2, 'ill', NOW)).toMatchObject({
      ok: true,
      value: { change: { state: 'received', lease: null, assignedTo: 'reviewer2' }, entry: { internal: 'ill' } },
    })
    expect(codeOf(assign(appeal(), approver, null, '', NOW))).toBe('reason-missing')
    expect(codeOf(assign(appeal(), reviewer2, reviewer2, 'mine', NOW))).toBe('role-forbids')
  })
})

describe('withdrawals are records of their own', () => {
  test('the applicant withdraws what is open', () => {
    expect(withdraw(appeal(), null, 'found the papers', NOW)).toMatchObject({
      ok: true,
      value: { change: { state: 'withdrawn' }, entry: { what: 'withdrawn' } },
    })
    expect(codeOf(withdraw(appeal({ state: 'approved' }), null, '', NOW))).toBe('appeal-closed')
  })
  test('an officer withdraws his own decision, nobody another’s; an approval stands', () => {
    const refused = appeal({ state: 'rejected', hearingAt: '2026-11-20', lease: null, timeline: [said('rejected')] })
    expect(revoke(refused, reviewer, 'wrong file', NOW)).toMatchObject({
      ok: true,
      value: { change: { state: 'preliminary', hearingAt: '2026-11-20' }, entry: { what: 'revoked' } },
    })
    expect(codeOf(revoke(refused, reviewer2, 'x', NOW))).toBe('decision-of-other')
    expect(codeOf(revoke(refused, reviewer, '', NOW))).toBe('reason-missing')
    const first = appeal({
      state: 'preliminary',
      hearingAt: '2026-11-26',
      lease: null,
      timeline: [said('preliminary')],
    })
    expect(revoke(first, reviewer, 'x', NOW)).toMatchObject({
      value: { change: { state: 'received', hearingAt: null } },
    })
    expect(codeOf(revoke(appeal({ state: 'approved' }), reviewer, 'x', NOW))).toBe('appeal-closed')
  })
})

test('an answer brings words and papers, and the appeal waits again', () => {
  const asked = appeal({ state: 'asked', lease: null })
  const file = { file: 'r.pdf', sha256: 'a'.repeat(64), bytes: 3, type: 'application/pdf', shows: 'receipt' as const }
  expect(answer(asked, { note: '', evidence: [file] }, NOW)).toMatchObject({
    ok: true,
    value: { change: { state: 'received', evidence: [file] }, entry: { what: 'answered' } },
  })
  expect(codeOf(answer(asked, { note: ' ', evidence: [] }, NOW))).toBe('reason-missing')
  expect(codeOf(answer(appeal(), { note: 'x', evidence: [] }, NOW))).toBe('appeal-closed')
})

describe('a complaint', () => {
  const timeline = [said('preliminary'), said('rejected', 'reviewer', '2026-11-20T06:00:00Z')]
  const refused = appeal({ state: 'rejected', hearingAt: '2026-11-19', lease: null, timeline })
  const opened = complain(refused, { text: 'I have the receipt', officer: null }, c)
  test('opens a new round of 20 working days, closed to who refused', () => {
    expect(opened).toMatchObject({
      ok: true,
      value: {
        change: { state: 'received', dueAt: '2026-12-22', notBy: ['reviewer'], hearingAt: null },
        entry: { what: 'complained', until: '2026-12-22' },
      },
    })
  })
  const round = appeal({ ...refused, ...(opened.ok ? opened.value.change : {}) })
  test('is neither claimed nor decided nor signed by an officer of the first round', () => {
    expect(codeOf(canClaim(round, reviewer, NOW))).toBe('own-act')
    expect(codeOf(canClaim(round, reviewer2, NOW))).toBe('ok')
    const held = { ...round, state: 'claimed' as const, lease: appeal().lease }
    const d = { verdict: 'reject' as const, fields: {}, reasons: ['R07' as const], note: '', officer: '', at: NOW }
    expect(codeOf(decide(held, d, reviewer, { ...c, second: [], foreign: [] }))).toBe('own-act')
    const signed = { ...round, state: 'awaiting-signature' as const, notBy: ['approver'] }
    const proposal = { ...d, verdict: 'approve' as const, officer: 'reviewer2' }
    expect(codeOf(signAppeal({ ...signed, proposal }, approver, true, { now: NOW, foreign: [] }))).toBe('own-act')
  })
  test('upheld it is final at once: the refusal was heard before', () => {
    const lease = { officer: 'reviewer2', desk: 'd', until: '2026-11-23T06:30:00Z', token: 2 }
    const d = { verdict: 'reject' as const, fields: {}, reasons: ['R07' as const], note: '', officer: '', at: NOW }
    const held = { ...round, state: 'claimed' as const, lease }
    expect(decide(held, d, reviewer2, { ...c, second: [], foreign: [] })).toMatchObject({
      ok: true,
      value: { state: 'rejected' },
    })
  })
  test('is taken for three months, once, with words', () => {
    const late = { ...c, now: '2027-02-20T06:00:00Z' }
    expect(codeOf(complain(refused, { text: 'x', officer: null }, late))).toBe('ok')
    expect(codeOf(complain(refused, { text: 'x', officer: null }, { ...late, now: '2027-02-21T06:00:00Z' }))).toBe(
      'complaint-too-late',
    )
    expect(codeOf(complain(refused, { text: '', officer: null }, c))).toBe('reason-missing')
    expect(codeOf(complain({ ...round, state: 'rejected' }, { text: 'again', officer: null }, c))).toBe('appeal-closed')
    expect(codeOf(complain(appeal({ state: 'approved' }), { text: 'x', officer: null }, c))).toBe('appeal-closed')
  })
})

describe('the second signature', () => {
  const a = { appeal: 'A-2026-1', priceTenge: 100_000, reused: false, touchesBlack: false, lot: null }
  test('is asked for by black, price, reuse and lot', () => {
    const { secondFromTenge } = appealRules(DEFAULT_POLICY)
    expect(secondReasons(a, DEFAULT_POLICY)).toEqual([])
    expect(
      secondReasons({ ...a, priceTenge: secondFromTenge, touchesBlack: true, reused: true }, DEFAULT_POLICY),
    ).toEqual(['black', 'amount', 'reuse'])
    const all = { ...DEFAULT_POLICY, appeal: { ...DEFAULT_POLICY.appeal, rules: { secondShare: 1 } } }
    expect(secondReasons({ ...a, lot: 'x' }, all)).toEqual(['sample'])
    expect(secondReasons(a, all)).toEqual([])
  })
  test('the lot falls on the same appeals each time, in its share of all, whatever the lot', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (lot) => {
        const ids = Array.from({ length: 4000 }, (_, i) => `A-2026-${118_000 + i}`)
        const drawn = ids.filter((id) => isDrawn(id, lot, 0.05))
        expect(drawn).toEqual(ids.filter((id) => isDrawn(id, lot, 0.05)))
        // eight standard deviations of a fair lot
        expect(Math.abs(drawn.length - 200)).toBeLessThan(111)
      }),
      { numRuns: 30 },
    )
  })
})

test('each deciding step has its letter, in a complaint’s round its own', () => {
  expect(letterKind('approved', {})).toBe('approval')
  expect(letterKind('rejected', {})).toBe('refusal')
  const complaint = { at: NOW, text: 'x', against: 'rejected' as const }
  expect(letterKind('rejected', { complaint })).toBe('complaint')
  expect(letterKind('claimed', {})).toBeNull()
})

test('every day a notice falls on is a working day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 900 }), (day) => {
      const now = new Date(Date.UTC(2025, 2, 1) + day * 86_400_000).toISOString()
      const before = appeal({
        receivedAt: now,
        dueAt: now.slice(0, 10),
        lease: { officer: 'reviewer', desk: 'd', until: '2099-01-01T00:00:00Z', token: 1 },
      })
      const outcome = prolong(
        before,
        reviewer,
        { until: addMonths(now.slice(0, 10), 1), note: 'x', internal: '' },
        { ...c, now },
      )
      expect(outcome.ok && isWorkingDay(outcome.value.entry.noticeBy ?? '', KZ_CALENDAR)).toBe(true)
    }),
  )
})

test('the policy says for each role how many appeals are decided together', () => {
  expect(bulkCapOf(DEFAULT_POLICY, 'reviewer')).toBe(50)
  const rules = { bulkCap: 20, bulkCapByRole: { reviewer: 80, approver: 0 } }
  const policy = { ...DEFAULT_POLICY, appeal: { ...DEFAULT_POLICY.appeal, rules } }
  expect((['reviewer', 'approver', 'admin'] as const).map((role) => bulkCapOf(policy, role))).toEqual([80, 0, 20])
})

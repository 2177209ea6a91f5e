import { describe, expect, test } from 'vitest'
import { type Appeal, type Decision, mandatoryFields } from '../../src/domain/appeal.ts'
import { KZ_CALENDAR } from '../../src/domain/calendar.ts'
import { canClaim, type DecisionContext, decide, signAppeal } from '../../src/domain/decision.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Officer } from '../../src/domain/officer.ts'

const NOW = '2026-11-23T06:00:00Z'
const reviewer: Officer = { id: 'reviewer', name: 'R', role: 'reviewer' }
const approver: Officer = { id: 'approver', name: 'A', role: 'approver' }
const appeal = (a: Partial<Appeal> = {}): Appeal => ({
  id: 'A-2026-1',
  state: 'claimed',
  version: 3,
  route: 'accompanied',
  receivedAt: '2026-11-20T06:00:00Z',
  dueAt: '2026-12-11',
  applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'X', language: 'kk' },
  claim: { imeis: ['490154203237518'] },
  evidence: [],
  lease: { officer: 'reviewer', desk: 'd', until: '2026-11-23T06:30:00Z', token: 1 },
  hearingAt: null,
  proposal: null,
  timeline: [],
  ...a,
})
const context = (c: Partial<DecisionContext> = {}): DecisionContext => ({
  policy: DEFAULT_POLICY,
  calendar: KZ_CALENDAR,
  now: NOW,
  second: [],
  foreign: [],
  ...c,
})
const all = Object.fromEntries(mandatoryFields('accompanied', 1).map((f) => [f, 'match' as const]))
const decision = (d: Partial<Decision> = {}): Decision => ({
  verdict: 'approve',
  fields: all,
  reasons: [],
  note: '',
  officer: 'reviewer',
  at: NOW,
  ...d,
})
const codeOf = (o: { ok: boolean; problem?: { code: string } }) => (o.ok ? 'ok' : o.problem?.code)

describe('deciding an appeal', () => {
  test('an approval of a grey phone lists it at once', () => {
    const d = decide(appeal(), decision(), reviewer, context())
    expect(d).toMatchObject({ ok: true, value: { state: 'approved', listed: true } })
  })

  test('an approval that lifts a block waits for a second officer, and his signature lists it', () => {
    const proposed = decide(appeal(), decision(), reviewer, context({ second: ['black'] }))
    expect(proposed).toMatchObject({ ok: true, value: { state: 'awaiting-signature', listed: false } })
    const waiting = appeal({ state: 'awaiting-signature', proposal: decision(), lease: null })
    expect(signAppeal(waiting, approver, true, context())).toMatchObject({
      ok: true,
      value: { state: 'approved', listed: true },
    })
    expect(signAppeal(waiting, approver, false, context())).toMatchObject({
      ok: true,
      value: { state: 'received', listed: false },
    })
  })

  test('nobody signs what he proposed, and a reviewer signs nothing', () => {
    const waiting = appeal({ state: 'awaiting-signature', proposal: decision({ officer: 'approver' }) })
    expect(codeOf(signAppeal(waiting, approver, true, context()))).toBe('own-act')
    expect(codeOf(signAppeal(waiting, reviewer, true, context()))).toBe('role-forbids')
  })

  test('no approval while a mandatory field is unseen or contradicted', () => {
    expect(codeOf(decide(appeal(), decision({ fields: {} }), reviewer, context()))).toBe('field-unseen')
    expect(codeOf(decide(appeal(), decision({ fields: { ...all, entry: 'contradict' } }), reviewer, context()))).toBe(
      'fields-contradict',
    )
  })

  test('no approval while another body owns a listing of the device', () => {
    const foreign = [{ imei: '490154203237518', owner: 'police', reason: 'stolen' }]
    const d = decide(appeal(), decision(), reviewer, context({ foreign }))
    expect(d).toMatchObject({ ok: false, problem: { code: 'owner-other-body', details: { owner: 'police' } } })
  })

  test('a refusal needs a reason and goes in two steps, the final one after the hearing', () => {
    expect(codeOf(decide(appeal(), decision({ verdict: 'reject' }), reviewer, context()))).toBe('reason-missing')
    const reject = decision({ verdict: 'reject', reasons: ['R07'] })
    const first = decide(appeal(), reject, reviewer, context())
    expect(first).toMatchObject({ ok: true, value: { state: 'preliminary', hearingAt: '2026-11-26' } })
    const heard = appeal({ state: 'claimed', hearingAt: '2026-11-26' })
    expect(codeOf(decide(heard, reject, reviewer, context()))).toBe('hearing-too-early')
    expect(
      decide(
        { ...heard, lease: { officer: 'reviewer', desk: 'd', until: '2026-11-27T00:00:00Z', token: 1 } },
        reject,
        reviewer,
        context({ now: '2026-11-26T06:00:00Z' }),
      ),
    ).toMatchObject({ ok: true, value: { state: 'rejected' } })
  })

  test('only the officer who holds the claim decides, while it lasts', () => {
    expect(codeOf(decide(appeal({ lease: null }), decision(), reviewer, context()))).toBe('appeal-not-claimed')
    const other: Officer = { id: 'reviewer2', name: 'R2', role: 'reviewer' }
    expect(codeOf(decide(appeal(), decision(), other, context()))).toBe('appeal-claimed-by-other')
    expect(codeOf(decide(appeal(), decision(), reviewer, context({ now: '2026-11-23T06:30:00Z' })))).toBe(
      'appeal-not-claimed',
    )
    expect(codeOf(decide(appeal(), decision(), approver, context()))).toBe('role-forbids')
  })

  test('a claim that ran out binds nobody; a settled appeal is claimed by nobody', () => {
    const other: Officer = { id: 'reviewer2', name: 'R2', role: 'reviewer' }
    expect(codeOf(canClaim(appeal(), other, NOW))).toBe('appeal-claimed-by-other')
    expect(codeOf(canClaim(appeal(), other, '2026-11-23T06:30:00Z'))).toBe('ok')
    expect(codeOf(canClaim(appeal({ state: 'approved' }), other, NOW))).toBe('appeal-closed')
  })
})

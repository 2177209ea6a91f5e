import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Appeal, TimelineEntry } from '../../src/domain/appeal.ts'
import type { AppealChange } from '../../src/domain/appealActs.ts'
import { KZ_CALENDAR } from '../../src/domain/calendar.ts'
import { canClaim } from '../../src/domain/decision.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { FACT_KINDS, type Fact } from '../../src/domain/fact.ts'
import { letterKind } from '../../src/domain/letter.ts'
import type { Officer } from '../../src/domain/officer.ts'
import { explainListing } from '../../src/domain/policy.ts'
import type { Outcome } from '../../src/domain/problem.ts'
import { mayRevoke, proposeRevocation, signRevocation } from '../../src/domain/revocation.ts'

const NOW = '2026-11-23T06:00:00Z'
const officer = (id: string, role: Officer['role']): Officer => ({ id, name: id, role })
const reviewer = officer('reviewer', 'reviewer')
const reviewer2 = officer('reviewer2', 'reviewer')
const approver = officer('approver', 'approver')
const approver2 = officer('approver2', 'approver')
const c = { policy: DEFAULT_POLICY, calendar: KZ_CALENDAR, now: NOW }
const step = (what: TimelineEntry['what'], by: string): TimelineEntry => ({ at: NOW, what, officer: by })
const approved = (a: Partial<Appeal> = {}): Appeal => ({
  id: 'A-2026-1',
  state: 'approved',
  version: 4,
  route: 'accompanied',
  receivedAt: '2026-11-09T06:00:00Z',
  dueAt: '2026-11-30',
  applicant: { key: { kind: 'iin', iin: '900101300007' }, name: 'X', language: 'kk' },
  claim: { imeis: ['490154203237518'] },
  evidence: [],
  lease: null,
  hearingAt: null,
  proposal: null,
  timeline: [step('received', ''), step('claimed', 'reviewer'), step('approved', 'reviewer')],
  ...a,
})
const said = { reasons: ['R07' as const], note: 'the receipt is of another phone', internal: 'see A-2026-9' }
const codeOf = (o: { ok: boolean; problem?: { code: string } }) => (o.ok ? 'ok' : o.problem?.code)
const agreed = <T>(o: Outcome<T>): T => {
  if (!o.ok) throw new Error(o.problem.code)
  return o.value
}
const then = (a: Appeal, { change, entry }: AppealChange): Appeal => ({
  ...{ ...a, ...change },
  version: a.version + 1,
  timeline: [...a.timeline, entry],
})
const proposed = (a: Appeal = approved(), by = reviewer2): Appeal => then(a, agreed(proposeRevocation(a, by, said, c)))
const agrees = { agrees: true, note: '' }

describe('taking an approval back', () => {
  test('needs reasons, words for the owner and an approval; it is proposed once', () => {
    expect(codeOf(proposeRevocation(approved(), reviewer2, { ...said, reasons: [] }, c))).toBe('reason-missing')
    expect(codeOf(proposeRevocation(approved(), reviewer2, { ...said, note: ' ' }, c))).toBe('reason-missing')
    expect(codeOf(proposeRevocation(approved({ state: 'rejected' }), reviewer2, said, c))).toBe('appeal-closed')
    expect(codeOf(proposeRevocation(approved({ state: 'claimed' }), reviewer2, said, c))).toBe('nothing-approved')
    expect(codeOf(proposeRevocation(proposed(), reviewer, said, c))).toBe('revocation-waits')
    for (const role of ['importer', 'auditor', 'admin'] as const)
      expect(codeOf(proposeRevocation(approved(), officer('x', role), said, c))).toBe('role-forbids')
  })

  test('changes nothing for the owner before it is signed', () => {
    const waiting = proposed()
    expect(waiting).toMatchObject({ state: 'approved', revocation: { by: 'reviewer2', reasons: ['R07'] } })
    expect(waiting.timeline.at(-1)?.note).toBeUndefined()
    expect(letterKind('revocation-proposed', waiting)).toBeNull()
  })

  test('is signed by nobody who proposed it, approved, or signed the approval', () => {
    const bySecond = approved({
      timeline: [step('received', ''), step('proposed', 'reviewer'), step('approved', 'approver')],
      proposal: { verdict: 'approve', fields: {}, reasons: [], note: '', officer: 'reviewer', at: NOW },
    })
    expect(codeOf(mayRevoke(proposed(bySecond), approver))).toBe('own-act')
    expect(codeOf(mayRevoke(proposed(bySecond), approver2))).toBe('ok')
    expect(codeOf(mayRevoke(proposed(bySecond, approver2), approver2))).toBe('own-act')
    expect(codeOf(signRevocation(proposed(), reviewer, agrees, c))).toBe('role-forbids')
    expect(codeOf(signRevocation(approved(), approver, agrees, c))).toBe('nothing-to-sign')
    const after = then(proposed(bySecond), agreed(signRevocation(proposed(bySecond), approver2, agrees, c)))
    expect(after.notBy).toEqual(['approver', 'reviewer'])
    expect(codeOf(canClaim(after, reviewer, NOW))).toBe('own-act')
    expect(codeOf(canClaim(after, reviewer2, NOW))).toBe('ok')
  })

  test('opens the appeal again with a whole term of its own, and the owner is told why', () => {
    const { change, entry } = agreed(signRevocation(proposed(), approver, agrees, c))
    expect(change).toMatchObject({ state: 'received', dueAt: '2026-12-14', revocation: null, proposal: null })
    expect(entry).toMatchObject({ what: 'revoked', revokes: 'approved', note: said.note, reasons: ['R07'] })
    expect(letterKind(entry.what, {})).toBe('revocation')
  })

  test('without agreement leaves the approval as if nothing had been proposed', () => {
    const waiting = proposed()
    const kept = then(waiting, agreed(signRevocation(waiting, approver, { agrees: false, note: 'papers agree' }, c)))
    expect({ ...kept, timeline: [], version: 0, revocation: undefined }).toEqual({
      ...approved(),
      ...{ timeline: [], version: 0, revocation: undefined },
    })
    expect(kept.timeline.at(-1)).toMatchObject({ what: 'revocation-dropped', internal: 'papers agree' })
  })
})

const facts = fc.array(
  fc.record({
    kind: fc.constantFrom(...FACT_KINDS),
    op: fc.constantFrom('add' as const, 'remove' as const),
    source: fc.constantFrom('ministry' as const, 'police' as const, 'customs' as const),
    date: fc.integer({ min: 0, max: 600 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10)),
    batch: fc.uuid(),
    seq: fc.integer({ min: 1, max: 1000 }),
    network: fc.constantFrom('home' as const, 'roaming' as const),
  }),
  { maxLength: 8 },
)

test('undoing restores: whatever else is known of an IMEI, without the approval it is on the list it was on, for the same reasons', () => {
  fc.assert(
    fc.property(facts, fc.nat(8), (known, at) => {
      const before = known as readonly Fact[]
      const approval: Fact = {
        ...{ kind: 'appeal-approved', op: 'add', source: 'ministry' },
        date: '2026-11-23',
        batch: 'B',
        seq: 2000,
      }
      const with_ = [...before.slice(0, at), approval, ...before.slice(at)]
      const undone = with_.filter((fact) => fact.batch !== approval.batch)
      expect(explainListing(undone, DEFAULT_POLICY)).toEqual(explainListing(before, DEFAULT_POLICY))
    }),
  )
})

test('undoing erases nothing: the time line only grows, claim and papers stay', () => {
  const acts = fc.array(fc.record({ agrees: fc.boolean(), by: fc.constantFrom(reviewer, reviewer2, approver2) }), {
    maxLength: 5,
  })
  fc.assert(
    fc.property(acts, (rounds) => {
      let a = approved()
      for (const { agrees: agreed, by } of rounds) {
        const before = a
        const proposal = proposeRevocation(a, by, said, c)
        if (!proposal.ok) continue
        a = then(a, proposal.value)
        const signed = signRevocation(a, approver, { agrees: agreed, note: '' }, c)
        if (signed.ok) a = then(a, signed.value)
        expect(a.timeline.slice(0, before.timeline.length)).toEqual(before.timeline)
        expect([a.claim, a.evidence, a.receivedAt]).toEqual([before.claim, before.evidence, before.receivedAt])
      }
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  declineRun,
  deviceMates,
  holdingAppeal,
  isFullySigned,
  judgeAgain,
  judgeForRun,
  type LinkedFact,
  MOST_IN_RUN,
  proposeRun,
  type RunAppeal,
  RunDraft,
  type RunKnowledge,
  type RunRules,
  runLimits,
  type SignableRun,
  signRun,
} from '../../src/domain/blockRun.ts'
import { addDays } from '../../src/domain/businessDate.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { FACT_KINDS, SOURCE_BODIES } from '../../src/domain/fact.ts'
import { isOverdue } from '../../src/domain/listing.ts'
import type { Officer, Role } from '../../src/domain/officer.ts'
import { listingOf } from '../../src/domain/policy.ts'

const A = 86_012_304_000_001
const B = 86_012_304_000_002
const C = 86_012_304_000_003

const fact = (f: Partial<LinkedFact> & Pick<LinkedFact, 'kind'>): LinkedFact => ({
  op: 'add',
  source: 'customs',
  date: '2026-10-01',
  batch: 'b',
  seq: 1,
  next: 0,
  ...f,
})
const seen = (date = '2026-10-01', next = 0) => fact({ kind: 'seen', source: 'kcell', date, network: 'home', next })
const appeal = (id: string, open: boolean, receivedAt = '2026-10-10T06:00:00Z'): RunAppeal => ({ id, open, receivedAt })

const rules = (today = '2026-11-10', until = '2026-12-31'): RunRules => ({ policy: DEFAULT_POLICY, today, until })
const known = (
  facts: Readonly<Record<number, readonly LinkedFact[]>>,
  appeals: Readonly<Record<number, readonly RunAppeal[]>> = {},
): RunKnowledge => ({
  facts: new Map(Object.entries(facts).map(([imei, own]) => [Number(imei), own])),
  appeals: new Map(Object.entries(appeals).map(([imei, own]) => [Number(imei), own])),
})

describe('a run judges an IMEI', () => {
  test('grey past its deadline: to be blocked, from the day after and not on the last day to act', () => {
    const k = known({ [A]: [seen()] })
    expect(judgeForRun(A, k, rules('2026-10-31'))).toEqual({ kind: 'outside', why: 'not-overdue' })
    expect(judgeForRun(A, k, rules('2026-11-01'))).toEqual({ kind: 'block' })
  })

  test('with a deadline after the day of the run: left for a later run', () => {
    const k = known({ [A]: [seen()] })
    expect(judgeForRun(A, k, rules('2026-11-10', '2026-10-30'))).toEqual({ kind: 'outside', why: 'after-until' })
  })

  test('white, black already, or on no list: no matter for a run', () => {
    const outside = { kind: 'outside', why: 'not-grey' }
    expect(judgeForRun(A, known({ [A]: [seen(), fact({ kind: 'customs-declared' })] }), rules())).toEqual(outside)
    expect(judgeForRun(A, known({ [A]: [seen(), fact({ kind: 'stolen', source: 'police' })] }), rules())).toEqual(
      outside,
    )
    expect(judgeForRun(A, known({ [A]: [fact({ kind: 'seen', network: 'roaming' })] }), rules())).toEqual(outside)
    expect(judgeForRun(A, known({}), rules())).toEqual(outside)
  })

  test('an open appeal about it or about the other IMEI of its device holds it', () => {
    const facts = { [A]: [seen('2026-10-01', B)], [B]: [seen('2026-10-01', A)] }
    expect(judgeForRun(A, known(facts, { [B]: [appeal('A-1', true)] }), rules())).toEqual({
      kind: 'held',
      appeal: 'A-1',
    })
    expect(judgeForRun(A, known(facts, { [B]: [appeal('A-1', false)] }), rules())).toEqual({ kind: 'block' })
  })

  test('white evidence about its device speaks against blocking it', () => {
    const white = known({
      [A]: [seen('2026-10-01', B)],
      [B]: [seen('2026-10-01', A), fact({ kind: 'customs-declared' })],
    })
    expect(judgeForRun(A, white, rules())).toEqual({ kind: 'conflict', why: 'device-white' })
    const second = known({ [A]: [seen(), fact({ kind: 'second-imei-pending', source: 'srfs' })] })
    expect(judgeForRun(A, second, rules())).toEqual({ kind: 'conflict', why: 'second-imei' })
  })

  test('a declaration that a policy ranks below grey is white evidence all the same', () => {
    const policy = { ...DEFAULT_POLICY, precedence: ['grey', 'customs-declared'] as const }
    const k = known({ [A]: [seen(), fact({ kind: 'customs-declared' })] })
    expect(judgeForRun(A, k, { ...rules(), policy })).toEqual({ kind: 'conflict', why: 'white-fact' })
  })
})

describe('the hold of an appeal', () => {
  const limits = runLimits(DEFAULT_POLICY)

  test('is given once a device: the second appeal after a refusal holds nothing', () => {
    const first = appeal('A-1', false, '2026-10-05T06:00:00Z')
    const second = appeal('A-2', true, '2026-10-20T06:00:00Z')
    expect(holdingAppeal([second, first], limits)).toBeNull()
    expect(holdingAppeal([second, first], { ...limits, holdsPerDevice: 2 })).toBe('A-2')
    expect(holdingAppeal([second], limits)).toBe('A-2')
    expect(holdingAppeal([], limits)).toBeNull()
  })

  test('counts an appeal about two IMEIs of the device once', () => {
    const first = appeal('A-1', true)
    expect(holdingAppeal([first, first], limits)).toBe('A-1')
  })

  test('reaches all IMEIs that facts join, across batches', () => {
    const facts = new Map([
      [A, [seen('2026-10-01', B)]],
      [B, [seen('2026-10-01', A), fact({ kind: 'second-imei-pending', next: C })]],
      [C, [fact({ kind: 'second-imei-pending', next: B })]],
    ])
    expect(deviceMates(A, facts)).toEqual([B, C])
    expect(deviceMates(C, facts)).toEqual([B, A])
  })
})

describe('a draft', () => {
  test('stops at the cap of the policy and says how far it looked', () => {
    const draft = new RunDraft({ ...rules(), policy: { ...DEFAULT_POLICY, blockRun: { cap: 2, holdsPerDevice: 1 } } })
    const k = known({ [A]: [seen()], [B]: [seen()], [C]: [seen()] })
    expect(draft.judge([A, B, C], k)).toBe(2)
    expect(draft).toMatchObject({ block: [A, B], full: true })
  })

  test('a policy of before block runs has the default limits, and none lets a run outgrow what desks are told', () => {
    const { blockRun: _, ...old } = DEFAULT_POLICY
    expect(runLimits(old)).toEqual({ cap: 100_000, holdsPerDevice: 1 })
    expect(runLimits({ ...old, blockRun: { cap: 9_999_999, holdsPerDevice: 1 } }).cap).toBe(MOST_IN_RUN)
  })
})

describe('the signatures', () => {
  const officer = (id: string, role: Role): Officer => ({ id, name: id, role })
  const approver = officer('approver', 'approver')
  const approver2 = officer('approver2', 'approver')
  const run = (r: Partial<SignableRun> = {}): SignableRun => ({
    id: 'r',
    state: 'awaiting-signature',
    by: 'reviewer',
    signatures: [],
    ...r,
  })
  const codeOf = (o: ReturnType<typeof signRun> | ReturnType<typeof declineRun>) => (o.ok ? null : o.problem.code)

  test("an approver's proposal is the first signature, a reviewer's is none", () => {
    expect(proposeRun(approver)).toEqual({ ok: true, value: ['approver'] })
    expect(proposeRun(officer('reviewer', 'reviewer'))).toEqual({ ok: true, value: [] })
    for (const role of ['importer', 'auditor', 'admin'] as const) expect(proposeRun(officer('x', role)).ok).toBe(false)
  })

  test('are of two different approvers', () => {
    expect(isFullySigned(['approver'])).toBe(false)
    expect(isFullySigned(['approver', 'approver'])).toBe(false)
    expect(isFullySigned(['approver', 'approver2'])).toBe(true)
    expect(signRun(run({ by: 'approver', signatures: ['approver'] }), approver2)).toEqual({
      ok: true,
      value: ['approver', 'approver2'],
    })
    expect(codeOf(signRun(run({ by: 'approver', signatures: ['approver'] }), approver))).toBe('own-act')
    expect(codeOf(signRun(run({ signatures: ['approver'] }), approver))).toBe('already-signed')
    expect(codeOf(signRun(run(), officer('reviewer2', 'reviewer')))).toBe('role-forbids')
    expect(codeOf(signRun(run({ state: 'declined' }), approver))).toBe('nothing-to-sign')
  })

  test('may be refused: an approver declines, who proposed withdraws, nobody else', () => {
    expect(declineRun(run(), approver).ok).toBe(true)
    expect(declineRun(run(), officer('reviewer', 'reviewer')).ok).toBe(true)
    expect(codeOf(declineRun(run(), officer('reviewer2', 'reviewer')))).toBe('role-forbids')
    expect(codeOf(declineRun(run({ state: 'committed' }), approver))).toBe('nothing-to-sign')
  })
})

const IMEIS = [A, B, C, C + 1]
const aDate = fc.integer({ min: 0, max: 500 }).map((d) => addDays('2025-06-01', d))
const aFact = fc.record({
  kind: fc.constantFrom(...FACT_KINDS, 'seen' as const, 'seen' as const, 'seen' as const),
  op: fc.constantFrom('add' as const, 'add' as const, 'remove' as const),
  source: fc.constantFrom(...SOURCE_BODIES),
  date: aDate,
  batch: fc.constant('b'),
  seq: fc.integer({ min: 1, max: 50 }),
  network: fc.constantFrom('home' as const, 'roaming' as const, 'm2m' as const),
  next: fc.constantFrom(0, 0, ...IMEIS),
})
const anAppeal = fc.record({
  id: fc.constantFrom('A-1', 'A-2', 'A-3'),
  open: fc.boolean(),
  receivedAt: aDate.map((d) => `${d}T06:00:00Z`),
})
const knowledge: fc.Arbitrary<RunKnowledge> = fc
  .tuple(
    fc.tuple(...IMEIS.map(() => fc.array(aFact, { maxLength: 3 }))),
    fc.tuple(...IMEIS.map(() => fc.array(anAppeal, { maxLength: 1 }))),
  )
  .map(([facts, appeals]) => ({
    facts: new Map(IMEIS.map((imei, i) => [imei, facts[i] ?? []])),
    appeals: new Map(IMEIS.map((imei, i) => [imei, appeals[i] ?? []])),
  }))

describe('for any facts and appeals', () => {
  test('no passing of time makes black: what a run would block, years after its deadline, is grey until then', () => {
    const acts = ['not-verified-in-time', 'illegal-import', 'stolen', 'counterfeit', 'gsma-listed', 'clone']
    fc.assert(
      fc.property(knowledge, aDate, fc.nat(3650), (k, today, days) => {
        for (const imei of IMEIS) {
          const facts = k.facts.get(imei) ?? []
          if (judgeForRun(imei, k, rules(addDays(today, days), '9999-12-31')).kind === 'block')
            expect(listingOf(facts, DEFAULT_POLICY).list).toBe('grey')
          const withoutActs = facts.filter((f) => !acts.includes(f.kind))
          expect(listingOf(withoutActs, DEFAULT_POLICY).list).not.toBe('black')
        }
      }),
    )
  })

  test('only what is grey, overdue, without an open first appeal and without white evidence is blocked', () => {
    fc.assert(
      fc.property(knowledge, aDate, aDate, (k, today, until) => {
        for (const imei of IMEIS) {
          const verdict = judgeForRun(imei, k, rules(today, until))
          const listing = listingOf(k.facts.get(imei) ?? [], DEFAULT_POLICY)
          const candidate = listing.list === 'grey' && isOverdue(listing, today) && (listing.deadline ?? '') <= until
          expect(verdict.kind === 'outside').toBe(!candidate)
          if (verdict.kind !== 'block') continue
          for (const mate of deviceMates(imei, k.facts))
            expect(listingOf(k.facts.get(mate) ?? [], DEFAULT_POLICY).list).not.toBe('white')
        }
      }),
    )
  })

  test('whoever is blocked today would be blocked tomorrow when nothing changed', () => {
    fc.assert(
      fc.property(knowledge, aDate, (k, today) => {
        for (const imei of IMEIS)
          if (judgeForRun(imei, k, rules(today)).kind === 'block')
            expect(judgeForRun(imei, k, rules(addDays(today, 1))).kind).toBe('block')
      }),
    )
  })

  test('what changed since the proposal drops out; nothing is added, nobody is in both', () => {
    fc.assert(
      fc.property(knowledge, knowledge, aDate, fc.nat(60), (before, after, today, days) => {
        const draft = new RunDraft(rules(today))
        draft.judge(IMEIS, before)
        const later = rules(addDays(today, days))
        const { kept, dropped } = judgeAgain(draft.block, after, later)
        expect([...kept, ...dropped.map((d) => d.imei14)].sort()).toEqual([...draft.block].sort())
        for (const imei of kept) expect(judgeForRun(imei, after, later).kind).toBe('block')
        for (const { imei14 } of dropped) expect(judgeForRun(imei14, after, later).kind).not.toBe('block')
        expect(judgeAgain(draft.block, before, rules(today)).dropped).toEqual([])
      }),
    )
  })

  test('a signed run makes its IMEIs black', () => {
    fc.assert(
      fc.property(knowledge, aDate, (k, today) => {
        const draft = new RunDraft(rules(today))
        draft.judge(IMEIS, k)
        const act = fact({ kind: 'not-verified-in-time', source: 'ministry', date: today, seq: 99 })
        for (const imei of draft.block) {
          // a removal dated after the act would end it
          const facts = (k.facts.get(imei) ?? []).filter((f) => f.kind !== act.kind)
          const { list, reason, since } = listingOf([...facts, act], DEFAULT_POLICY)
          expect([list, reason, since]).toEqual(['black', 'not-verified-in-time', today])
        }
      }),
    )
  })
})

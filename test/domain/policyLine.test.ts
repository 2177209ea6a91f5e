import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { FACT_KINDS, type Fact, OPERATORS, SOURCE_BODIES } from '../../src/domain/fact.ts'
import { KZ_POLICIES } from '../../src/domain/kzPolicy.ts'
import { isOverdue } from '../../src/domain/listing.ts'
import { listingOf, RULES } from '../../src/domain/policy.ts'
import { policyLine, policyOn } from '../../src/domain/policyLine.ts'
import { rankedRules } from '../../src/domain/policyOrder.ts'

const seen = (date: string): Fact => ({ kind: 'seen', op: 'add', source: 'kcell', date, batch: 'b', seq: 1 })
const versionOn = (day: string) => policyOn(KZ_POLICIES, day)?.version ?? null

describe('the Kazakh time line', () => {
  test('each day has the version that was in force, and none before 24 March 2025', () => {
    expect(versionOn('2025-03-23')).toBeNull()
    expect([versionOn('2025-03-24'), versionOn('2025-05-24'), versionOn('2025-05-25')]).toEqual([1, 2, 3])
    expect([versionOn('2025-06-25'), versionOn('2025-07-26'), versionOn('2026-11-22')]).toEqual([4, 4, 4])
  })

  test('a device seen on 1 April 2025 had its deadline moved three times', () => {
    const deadlines = KZ_POLICIES.map((policy) => listingOf([seen('2025-04-01')], policy).deadline)
    expect(deadlines).toEqual(['2025-05-01', '2025-05-25', '2025-06-25', '2025-07-26'])
  })

  test('ends in the policy of the product', () => {
    const { checks: _, ...last } = DEFAULT_POLICY
    expect(KZ_POLICIES.at(-1)).toMatchObject(JSON.parse(JSON.stringify(last)))
  })

  test('a device active before the cut-off is white in every version', () => {
    for (const policy of KZ_POLICIES)
      expect(listingOf([seen('2025-03-23')], policy)).toMatchObject({ list: 'white', reason: 'legacy' })
  })

  test('facts of before the first policy count under it', () => {
    expect(listingOf([seen('1999-01-01')], KZ_POLICIES[0] ?? DEFAULT_POLICY).list).toBe('white')
  })
})

describe('a line of versions', () => {
  const file = (version: number, validFrom: string) => ({ ...DEFAULT_POLICY, version, validFrom })
  test('has no hole in its numbers', () => {
    expect(policyLine([file(1, '2025-01-01'), file(3, '2025-02-01')])).toMatchObject({
      problem: { code: 'policy-gap', details: { what: '2', between: '3' } },
    })
  })
  test('has each version begin after the one before', () => {
    expect(policyLine([file(1, '2025-02-01'), file(2, '2025-02-01')])).toMatchObject({
      problem: { code: 'policy-order' },
    })
  })
  test('has no day that is none', () => {
    expect(policyLine([file(1, '2025-02-30')])).toMatchObject({ problem: { code: 'policy-unusable' } })
  })
})

describe('the order of the rules', () => {
  test('any set of statements that orders all of them gives that order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...RULES], { minLength: RULES.length }), fc.array(fc.nat(10)), (order, cuts) => {
        const pairs = order.slice(1).map((rule, i) => `${order[i]} > ${rule}`)
        const extra = cuts.map((cut) => `${order[0]} > ${order[1 + (cut % 11)]}`)
        expect(rankedRules([...pairs.toReversed(), ...extra])).toEqual({ ok: true, value: order })
        expect(rankedRules(order)).toEqual({ ok: true, value: order })
      }),
    )
  })

  test('a circle anywhere is found and named from a rule back to itself', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...RULES], { minLength: RULES.length }),
        fc.nat(11),
        fc.nat(11),
        (order, a, b) => {
          const [high, low] = [Math.min(a, b), Math.max(a, b)]
          fc.pre(high !== low)
          const outcome = rankedRules([order.join(' > '), `${order[low]} > ${order[high]}`])
          const path = String((outcome.ok ? undefined : outcome.problem.details.path) ?? '').split(' > ')
          expect(outcome.ok).toBe(false)
          expect(path.length).toBeGreaterThan(1)
          expect(path.at(-1)).toBe(path[0])
        },
      ),
    )
  })

  test('two rules nobody compared are a gap, with both named; so is one left out; an unknown name is said', () => {
    const [first = '', second = '', ...others] = RULES
    const open = [`${first} > ${others.join(' > ')}`, `${second} > ${others.join(' > ')}`]
    expect(rankedRules(open)).toMatchObject({
      problem: { code: 'policy-gap', details: { what: first, between: second } },
    })
    expect(rankedRules(others)).toMatchObject({ problem: { code: 'policy-gap' } })
    expect(rankedRules(['stolen > lost'])).toMatchObject({ problem: { details: { value: 'lost' } } })
    expect(rankedRules([...RULES, 'stolen'])).toMatchObject({ problem: { code: 'policy-cycle' } })
  })
})

describe('a visitor’s second stay', () => {
  const twice = [seen('2025-10-01'), seen('2025-10-05'), seen('2026-08-01')]
  test('goes on with the first clock, unless the policy gives it one of its own', () => {
    expect(listingOf(twice, DEFAULT_POLICY).deadline).toBe('2025-10-31')
    expect(listingOf(twice, { ...DEFAULT_POLICY, newClockAfterDays: 180 })).toMatchObject({
      since: '2026-08-01',
      deadline: '2026-08-31',
    })
    expect(listingOf(twice.slice(0, 2), { ...DEFAULT_POLICY, newClockAfterDays: 180 }).since).toBe('2025-10-01')
  })
  test('never takes away what the cut-off gave', () => {
    const facts = [seen('2025-03-01'), seen('2026-08-01')]
    expect(listingOf(facts, { ...DEFAULT_POLICY, newClockAfterDays: 180 }).reason).toBe('legacy')
  })
})

describe('facts come and go', () => {
  const date = fc
    .integer({ min: 0, max: 700 })
    .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))
  const aFact = fc.record({
    kind: fc.constantFrom(...FACT_KINDS),
    op: fc.constantFrom('add' as const, 'remove' as const),
    source: fc.constantFrom(...SOURCE_BODIES),
    date,
    batch: fc.constantFrom('a', 'b', 'c'),
    seq: fc.integer({ min: 1, max: 50 }),
  })
  const aPolicy = fc.constantFrom(...KZ_POLICIES, { ...DEFAULT_POLICY, newClockAfterDays: 90 })

  test('withdrawing a batch gives back exactly what was before it', () => {
    fc.assert(
      fc.property(fc.array(aFact), fc.array(aFact), aPolicy, (before, added, policy) => {
        const batch = added.map((fact) => ({ ...fact, batch: 'new', seq: 99 }))
        const without = [...before, ...batch].filter((fact) => fact.batch !== 'new')
        expect(listingOf(without, policy)).toEqual(listingOf(before, policy))
      }),
    )
  })

  test('no passing of days and no version of the policy makes black what no act made black', () => {
    const acts = new Set(['stolen', 'counterfeit', 'gsma-listed', 'clone', 'not-verified-in-time', 'illegal-import'])
    fc.assert(
      fc.property(fc.array(aFact), aPolicy, date, (facts, policy, today) => {
        const listing = listingOf(
          facts.filter((f) => !acts.has(f.kind)),
          policy,
        )
        expect(listing.list).not.toBe('black')
        if (isOverdue(listing, today)) expect(listing.list).toBe('grey')
      }),
    )
  })

  test('seen by any number of operators, an IMEI has one clock, from the first of them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(date, fc.constantFrom(...OPERATORS)), { minLength: 1 }), (sightings) => {
        const facts = sightings.map(([day, source]) => ({ ...seen(day), source }))
        const first = sightings.map(([day]) => day).sort()[0]
        expect(listingOf(facts, DEFAULT_POLICY).since).toBe(first)
      }),
    )
  })
})

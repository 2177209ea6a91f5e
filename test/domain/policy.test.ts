import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { FACT_KINDS, type Fact, SOURCE_BODIES } from '../../src/domain/fact.ts'
import { isOverdue, LISTS } from '../../src/domain/listing.ts'
import { explainListing, listingOf, RULES } from '../../src/domain/policy.ts'

const P = DEFAULT_POLICY
const fact = (f: Partial<Fact> & Pick<Fact, 'kind'>): Fact => ({
  op: 'add',
  source: 'customs',
  date: '2025-09-01',
  batch: 'b',
  seq: 1,
  ...f,
})
const seen = (date: string, network: 'home' | 'roaming' | 'm2m' = 'home'): Fact =>
  fact({ kind: 'seen', source: 'kcell', date, network })

describe('the listing of an IMEI', () => {
  test('nothing known: on no list, let through', () => {
    expect(listingOf([], P)).toEqual({ list: 'none', reason: null, since: null, deadline: null })
  })

  test('first seen in a home network: grey for thirty calendar days', () => {
    expect(listingOf([seen('2025-10-05'), seen('2025-10-02')], P)).toEqual({
      list: 'grey',
      reason: 'not-confirmed',
      since: '2025-10-02',
      deadline: '2025-11-01',
    })
  })

  test('no deadline falls before the phased start of blocking', () => {
    expect(listingOf([seen('2025-04-01')], P).deadline).toBe('2025-07-26')
  })

  test('active before the cut-off: white, legacy', () => {
    expect(listingOf([seen('2025-03-23')], P)).toMatchObject({ list: 'white', reason: 'legacy' })
    expect(listingOf([seen('2025-03-24')], P)).toMatchObject({ list: 'grey' })
  })

  test('roaming and machine-to-machine start no clock', () => {
    expect(listingOf([seen('2025-10-02', 'roaming'), seen('2025-10-03', 'm2m')], P).list).toBe('none')
  })

  test('past its deadline it is grey and overdue, never black by time alone', () => {
    const l = listingOf([seen('2025-10-02')], P)
    expect(isOverdue(l, '2025-11-01')).toBe(false)
    expect(isOverdue(l, '2025-11-02')).toBe(true)
    expect(l.list).toBe('grey')
  })

  test('a signed block run makes it black; a later declaration makes it white again', () => {
    const blocked = [seen('2025-10-02'), fact({ kind: 'not-verified-in-time', source: 'ministry', date: '2025-11-05' })]
    expect(listingOf(blocked, P)).toMatchObject({ list: 'black', reason: 'not-verified-in-time', since: '2025-11-05' })
    expect(listingOf([...blocked, fact({ kind: 'customs-declared', date: '2025-11-20' })], P)).toMatchObject({
      list: 'white',
      reason: 'customs-declared',
    })
  })

  test('stolen outranks a customs declaration; a recovery by the police ends it and the rest decides anew', () => {
    const stolen = fact({ kind: 'stolen', source: 'police', date: '2025-10-10' })
    const declared = fact({ kind: 'customs-declared' })
    expect(listingOf([declared, stolen], P)).toMatchObject({ list: 'black', reason: 'stolen' })
    const recovered = fact({ kind: 'stolen', op: 'remove', source: 'police', date: '2025-10-20', seq: 2 })
    expect(listingOf([declared, stolen, recovered], P)).toMatchObject({ list: 'white', reason: 'customs-declared' })
    expect(listingOf([stolen, recovered], P).list).toBe('none')
  })

  test('only the body that listed may unlist: a removal by another body ends nothing', () => {
    const stolen = fact({ kind: 'stolen', source: 'police', date: '2025-10-10' })
    const byAnother = fact({ kind: 'stolen', op: 'remove', source: 'ministry', date: '2025-10-20', seq: 2 })
    expect(listingOf([stolen, byAnother], P).reason).toBe('stolen')
  })

  test('stolen again after a recovery: black again', () => {
    const facts = [
      fact({ kind: 'stolen', source: 'police', date: '2025-10-10', seq: 1 }),
      fact({ kind: 'stolen', op: 'remove', source: 'police', date: '2025-10-20', seq: 2 }),
      fact({ kind: 'stolen', source: 'police', date: '2025-12-01', seq: 3 }),
    ]
    expect(listingOf(facts, P)).toMatchObject({ list: 'black', since: '2025-12-01' })
  })

  test('a second IMEI waiting for confirmation stays grey under its own reason', () => {
    expect(listingOf([seen('2025-10-02'), fact({ kind: 'second-imei-pending', source: 'ministry' })], P)).toMatchObject(
      {
        list: 'grey',
        reason: 'second-imei-pending',
      },
    )
  })
})

const aFact: fc.Arbitrary<Fact> = fc.record({
  kind: fc.constantFrom(...FACT_KINDS),
  op: fc.constantFrom('add' as const, 'add' as const, 'remove' as const),
  source: fc.constantFrom(...SOURCE_BODIES),
  date: fc
    .integer({ min: 0, max: 900 })
    .map((d) => new Date(Date.UTC(2024, 9, 1) + d * 86_400_000).toISOString().slice(0, 10)),
  batch: fc.constant('b'),
  seq: fc.integer({ min: 1, max: 50 }),
  network: fc.constantFrom('home' as const, 'roaming' as const, 'm2m' as const),
})
const facts = fc.uniqueArray(aFact, {
  maxLength: 12,
  selector: (f) => `${f.kind}${f.source}${f.date}${f.seq}${f.network}`,
})

describe('for any facts', () => {
  test('their order never matters', () => {
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (fs, keys) => {
        const shuffled = fs
          .map((f) => ({ f, k: keys.next().value ?? 0 }))
          .sort((a, b) => a.k - b.k)
          .map((x) => x.f)
        expect(listingOf(shuffled, P)).toEqual(listingOf(fs, P))
        expect(explainListing(shuffled, P)).toEqual(explainListing(fs, P))
      }),
    )
  })

  test('the explanation gives the same listing, names every rule once in order, and at most one fired', () => {
    fc.assert(
      fc.property(facts, (fs) => {
        const e = explainListing(fs, P)
        expect(e.listing).toEqual(listingOf(fs, P))
        expect(e.rules.map((r) => r.rule)).toEqual([...P.precedence])
        const fired = e.rules.filter((r) => r.fired)
        expect(fired.length).toBe(e.listing.list === 'none' ? 0 : 1)
        expect(LISTS).toContain(e.listing.list)
      }),
    )
  })

  test('adding a weaker fact never lifts a stronger one', () => {
    fc.assert(
      fc.property(facts, aFact, (fs, extra) => {
        const before = explainListing(fs, P)
        const winner = before.rules.findIndex((r) => r.fired)
        fc.pre(winner >= 0 && extra.op === 'add')
        const rank = extra.kind === 'seen' || extra.kind === 'second-imei-pending' ? 'legacy' : extra.kind
        fc.pre(RULES.indexOf(rank) > winner)
        expect(listingOf([...fs, extra], P).reason).toBe(before.listing.reason)
      }),
    )
  })

  test('only grey has a deadline, and never before the grace days are over', () => {
    fc.assert(
      fc.property(facts, (fs) => {
        const l = listingOf(fs, P)
        expect(l.deadline !== null).toBe(l.list === 'grey')
        if (l.list !== 'none') expect(l.since).not.toBeNull()
      }),
    )
  })
})

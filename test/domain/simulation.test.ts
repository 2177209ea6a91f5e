import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Fact } from '../../src/domain/fact.ts'
import { type Listing, ON_NO_LIST } from '../../src/domain/listing.ts'
import { listingOf, type Policy } from '../../src/domain/policy.ts'
import { movesStoredOnly, SAMPLE_SIZE, SimulationTally } from '../../src/domain/simulation.ts'

const grey = (deadline: string): Listing => ({ list: 'grey', reason: 'not-confirmed', since: '2025-11-01', deadline })
const white: Listing = { list: 'white', reason: 'legacy', since: '2025-02-01', deadline: null }

describe('what another policy would move', () => {
  test('is counted by group, way, brand, operator and appeal', () => {
    const tally = new SimulationTally()
    tally.add(86_012_304_000_001, grey('2025-12-01'), grey('2026-01-01'), 'kcell', 'A-2026-1')
    tally.add(86_012_304_000_002, grey('2025-12-01'), white, 'kcell', undefined)
    tally.add(86_012_305_000_003, white, white, null, 'A-2026-2')
    tally.add(86_012_305_000_004, ON_NO_LIST, white, null, undefined)
    const result = tally.result((tac) => (tac === 86_012_304 ? 'Xiaomi' : null))
    expect(result).toMatchObject({
      judged: 4,
      moved: 3,
      changes: [
        { list: 'grey', reason: 'not-confirmed', from: 2, to: 1, count: 2 },
        { list: 'white', reason: 'legacy', from: 1, to: 3, count: 2 },
        { list: 'none', reason: null, from: 1, to: 0, count: 1 },
      ],
      moves: [
        { from: 'grey', to: 'grey', count: 1 },
        { from: 'grey', to: 'white', count: 1 },
        { from: 'none', to: 'white', count: 1 },
      ],
      brands: [
        { value: 'Xiaomi', count: 2 },
        { value: '', count: 1 },
      ],
      operators: [{ value: 'kcell', count: 2 }],
      appeals: ['A-2026-1'],
    })
    expect(result.sample.map(({ imei14 }) => imei14)).toEqual(['86012304000001', '86012304000002', '86012305000004'])
  })

  test('is shown by a hundred IMEIs spread over all that move, whatever the order they come in', () => {
    const sampleOf = (numbers: readonly number[]) => {
      const tally = new SimulationTally()
      for (const n of numbers) tally.add(86_012_304_000_000 + n, grey('2025-12-01'), white, null, undefined)
      return tally.result(() => null).sample
    }
    const numbers = Array.from({ length: 5000 }, (_, n) => n)
    const sample = sampleOf(numbers)
    expect(sample).toHaveLength(SAMPLE_SIZE)
    expect(sampleOf(numbers.toReversed())).toEqual(sample)
    const inFirstHalf = sample.filter(({ imei14 }) => Number(imei14) % 1_000_000 < 2500).length
    expect(inFirstHalf).toBeGreaterThan(30)
    expect(inFirstHalf).toBeLessThan(70)
  })
})

describe('looking only at grey and black is enough', () => {
  const day = fc.constantFrom('2025-01-10', '2025-03-23', '2025-03-24', '2025-05-24', '2025-05-25', '2025-11-01')
  const fact = fc.record({
    kind: fc.constantFrom(
      'seen' as const,
      'legacy' as const,
      'customs-declared' as const,
      'stolen' as const,
      'not-verified-in-time' as const,
      'appeal-approved' as const,
    ),
    op: fc.constantFrom('add' as const, 'remove' as const),
    source: fc.constantFrom('kcell' as const, 'police' as const),
    date: day,
    batch: fc.constant('b'),
    seq: fc.integer({ min: 1, max: 9 }),
  }) satisfies fc.Arbitrary<Fact>
  const policies = fc
    .record({
      legacyCutOff: day,
      graceDays: fc.integer({ min: 0, max: 90 }),
      earliestDeadline: day,
    })
    .map((some): Policy => ({ ...DEFAULT_POLICY, ...some }))

  test('whenever it says so', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 5 }), policies, policies, (facts, inForce, other) => {
        fc.pre(movesStoredOnly(inForce, other))
        const now = listingOf(facts, inForce)
        if (now.list === 'grey' || now.list === 'black') return
        expect(listingOf(facts, other)).toEqual(now)
      }),
      { numRuns: 2000 },
    )
  })

  test('but not for an earlier cut-off, nor another order of the rules', () => {
    expect(movesStoredOnly(DEFAULT_POLICY, { ...DEFAULT_POLICY, legacyCutOff: '2025-01-01' })).toBe(false)
    const precedence = DEFAULT_POLICY.precedence.toReversed()
    expect(movesStoredOnly(DEFAULT_POLICY, { ...DEFAULT_POLICY, precedence })).toBe(false)
  })
})

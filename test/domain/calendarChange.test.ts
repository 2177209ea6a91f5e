import { expect, test } from 'vitest'
import { zPolicy } from '../../src/contract/value.ts'
import { dueOf } from '../../src/domain/appealClock.ts'
import { calendarOf, KZ_YEARS } from '../../src/domain/calendar.ts'
import { changedTerms } from '../../src/domain/changedTerms.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { changedPolicy } from '../../src/domain/policyChange.ts'

const set = (policy: Policy, ...settings: readonly (readonly [key: string, value: string])[]) =>
  changedPolicy(
    policy,
    settings.map(([key, value]) => ({ key, value })),
  )

function changed(policy: Policy, ...settings: readonly (readonly [key: string, value: string])[]): Policy {
  const outcome = set(policy, ...settings)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem))
  return zPolicy.parse(outcome.value) as Policy
}

const due = (policy: Policy, day: string): string => dueOf(`${day}T05:00:00.000Z`, policy, calendarOf(policy))

test('a decree that frees a weekday lets a term end a day later, and a weekend that works instead brings it back', () => {
  const before = due(DEFAULT_POLICY, '2027-06-01')
  expect(before).toBe('2027-06-22')
  const freed = changed(DEFAULT_POLICY, ['calendar.2027.holidays', '+2027-06-10'])
  expect(due(freed, '2027-06-01')).toBe('2027-06-23')
  const moved = changed(DEFAULT_POLICY, ['calendar.2027.moved', '2027-06-10:2027-06-12'])
  expect(due(moved, '2027-06-01')).toBe('2027-06-22')
  expect(due(moved, '2027-05-31')).toBe('2027-06-21')
})

test('a year the policy does not name begins as the calendar has it; other years stay as they are', () => {
  const year = KZ_YEARS.find((one) => one.year === 2027)
  const policy = changed(DEFAULT_POLICY, ['calendar.2027.holidays', '+2027-06-10'])
  expect(policy.calendar).toHaveLength(1)
  expect(new Set(policy.calendar?.[0]?.holidays)).toEqual(new Set([...(year?.holidays ?? []), '2027-06-10']))
  const more = changed(
    policy,
    ['calendar.2031.holidays', '2031-01-02,2031-01-01'],
    ['calendar.2027.holidays', '-2027-06-10'],
  )
  expect(more.calendar?.map((one) => one.year)).toEqual([2027, 2031])
  expect(more.calendar?.[0]?.holidays).toEqual(year?.holidays)
  expect(more.calendar?.[1]?.holidays).toEqual(['2031-01-01', '2031-01-02'])
})

test.each([
  ['calendar.2027.holidays', '2027-06-12'],
  ['calendar.2027.holidays', '2026-06-10'],
  ['calendar.2027.holidays', '+2027-06-31'],
  ['calendar.2027.holidays', '-2027-06-10'],
  ['calendar.2027.holidays', '+2027-06-10,2027-06-11'],
  ['calendar.2027.workingWeekends', '+2027-06-10'],
  ['calendar.2027.moved', '2027-06-12:2027-06-10'],
  ['calendar.2027.moved', '2027-06-10'],
  ['calendar.2027.festivals', '2027-06-10'],
  ['calendar.27.holidays', '2027-06-10'],
  ['calendar.2027', '2027-06-10'],
])('%s=%s cannot stand', (key, value) => {
  expect(set(DEFAULT_POLICY, [key, value])).toMatchObject({
    ok: false,
    problem: { code: 'policy-unusable', details: { key, value } },
  })
})

test('what a change does to terms still to come is counted, and the first of them is named', () => {
  const freed = changed(DEFAULT_POLICY, ['calendar.2027.holidays', '+2027-06-10'])
  // fifteen working days before the tenth of June the first term that spans it begins, and it is received on a Wednesday
  expect(changedTerms(DEFAULT_POLICY, freed, '2027-05-01')).toMatchObject({
    first: { before: '2027-06-10', after: '2027-06-11' },
  })
  expect(changedTerms(DEFAULT_POLICY, freed, '2027-06-10')).toEqual({ days: 0, first: null })
  expect(changedTerms(DEFAULT_POLICY, changed(DEFAULT_POLICY, ['graceDays', '60']), '2027-05-01').days).toBe(0)
})

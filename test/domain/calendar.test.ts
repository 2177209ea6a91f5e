import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueOf } from '../../src/domain/appealClock.ts'
import { addDays, businessDate, daysBetween, endOfBusinessDate, isIsoDate } from '../../src/domain/businessDate.ts'
import {
  addWorkingDays,
  type CalendarYear,
  calendarOf,
  isWorkingDay,
  KZ_CALENDAR,
  KZ_YEARS,
  wrongDay,
} from '../../src/domain/calendar.ts'
import { DEFAULT_POLICY } from '../../src/domain/defaultPolicy.ts'
import { policyOfFile } from '../../src/domain/policyLine.ts'

describe('the legal clock', () => {
  test('the day of receipt does not count, weekends neither', () => {
    expect(addWorkingDays('2026-11-20', 1, KZ_CALENDAR)).toBe('2026-11-23')
    expect(addWorkingDays('2026-11-23', 15, KZ_CALENDAR)).toBe('2026-12-14')
  })

  test('holidays do not count: Independence Day', () => {
    expect(addWorkingDays('2026-12-15', 1, KZ_CALENDAR)).toBe('2026-12-17')
  })

  test('a weekend declared working counts', () => {
    expect(isWorkingDay('2026-11-28', { holidays: [], workingWeekends: ['2026-11-28'] })).toBe(true)
  })

  test('n working days later there are exactly n working days in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 40 }), (from, n) => {
        const start = addDays('2025-01-01', from)
        const end = addWorkingDays(start, n, KZ_CALENDAR)
        let working = 0
        for (let d = addDays(start, 1); d <= end; d = addDays(d, 1)) if (isWorkingDay(d, KZ_CALENDAR)) working++
        expect(working).toBe(n)
        expect(isWorkingDay(end, KZ_CALENDAR)).toBe(true)
      }),
    )
  })
})

describe('business dates are of UTC+5', () => {
  test('an evening in UTC is the next business day', () => {
    expect(businessDate('2026-11-22T18:59:59Z')).toBe('2026-11-22')
    expect(businessDate('2026-11-22T19:00:00Z')).toBe('2026-11-23')
    expect(endOfBusinessDate('2026-11-22')).toBe('2026-11-22T19:00:00.000Z')
  })

  test('adding and counting days agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), (n) => {
        expect(daysBetween('2026-11-23', addDays('2026-11-23', n))).toBe(n)
      }),
    )
  })

  test('a day that does not exist is no date', () => {
    expect(isIsoDate('2026-02-29')).toBe(false)
    expect(isIsoDate('2028-02-29')).toBe(true)
    expect(isIsoDate('23.11.2026')).toBe(false)
  })
})

describe('a calendar signed with a version of the policy', () => {
  // a decree makes Friday 4 December 2026 a day off and Saturday 12 December a working day
  const moved: CalendarYear = {
    year: 2026,
    holidays: [...(KZ_YEARS.find((y) => y.year === 2026)?.holidays ?? []), '2026-12-04'],
    workingWeekends: ['2026-12-12'],
  }
  const policy = { ...DEFAULT_POLICY, calendar: [moved] }

  test('moves days from the version that names them on; other years stay as published', () => {
    const received = '2026-11-23T06:00:00Z'
    expect(dueOf(received, DEFAULT_POLICY, calendarOf(DEFAULT_POLICY))).toBe('2026-12-14')
    expect(dueOf(received, policy, calendarOf(policy))).toBe('2026-12-14')
    expect(addWorkingDays('2026-12-03', 1, calendarOf(policy))).toBe('2026-12-07')
    expect(addWorkingDays('2026-12-11', 1, calendarOf(policy))).toBe('2026-12-12')
    expect(isWorkingDay('2027-01-01', calendarOf(policy))).toBe(false)
    expect(calendarOf({})).toBe(KZ_CALENDAR)
  })

  test('is refused with a day that cannot stand in it, named', () => {
    const wrong = (year: Partial<CalendarYear>) => {
      const outcome = policyOfFile({ ...DEFAULT_POLICY, calendar: [{ ...moved, ...year }] })
      return outcome.ok ? null : outcome.problem
    }
    expect(wrong({})).toBeNull()
    expect(wrong({ holidays: ['2025-12-31'] })).toMatchObject({
      code: 'policy-unusable',
      details: { value: '2025-12-31' },
    })
    expect(wrong({ holidays: ['2026-12-05'] })).toMatchObject({
      details: { key: 'calendar.2026', value: '2026-12-05' },
    })
    expect(wrong({ workingWeekends: ['2026-12-04'] })).toMatchObject({ details: { value: '2026-12-04' } })
  })

  test('every year the product brings is one the rules accept', () => {
    for (const year of KZ_YEARS) expect([year.year, wrongDay(year)]).toEqual([year.year, null])
  })
})

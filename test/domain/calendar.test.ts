import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, businessDate, daysBetween, endOfBusinessDate, isIsoDate } from '../../src/domain/businessDate.ts'
import { addWorkingDays, isWorkingDay, KZ_CALENDAR } from '../../src/domain/calendar.ts'

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

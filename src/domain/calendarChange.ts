import { isIsoDate } from './businessDate.ts'
import { type CalendarYear, KZ_YEARS, wrongDay } from './calendar.ts'
import type { IsoDate } from './fact.ts'

/**
 * The years of a policy's calendar after one setting:
 * `calendar.YEAR.holidays` and `calendar.YEAR.workingWeekends` with days (all of them, or each with + or - to add or take away),
 * `calendar.YEAR.moved` with WEEKDAY:WEEKEND as a decree moves days: the weekday becomes free, the day of the weekend works.
 * A year that the policy does not name begins as in resources/calendar. Undefined where the setting cannot stand.
 */
export function changedCalendar(
  years: readonly CalendarYear[],
  key: string,
  value: string,
): readonly CalendarYear[] | undefined {
  const [, year = '', part = '', ...more] = key.split('.')
  if (!/^2[01]\d\d$/.test(year) || more.length > 0) return undefined
  const before = [...years, ...KZ_YEARS].find((one) => one.year === Number(year)) ?? emptyYear(Number(year))
  const next = changedYear(before, part, value)
  if (next === undefined || wrongDay(next) !== null) return undefined
  return [...years.filter((one) => one.year !== next.year), next].toSorted((a, b) => a.year - b.year)
}

const emptyYear = (year: number): CalendarYear => ({ year, holidays: [], workingWeekends: [] })

function changedYear(before: CalendarYear, part: string, value: string): CalendarYear | undefined {
  if (part === 'moved') return withMoves(before, value)
  if (part !== 'holidays' && part !== 'workingWeekends') return undefined
  const days = changedDays(before[part], value)
  return days && { ...before, [part]: days }
}

function withMoves(before: CalendarYear, value: string): CalendarYear | undefined {
  const moves = value.split(',').map((move) => move.trim().split(':'))
  if (!moves.every((move) => move.length === 2 && move.every(isIsoDate))) return undefined
  return {
    ...before,
    holidays: inOrder([...before.holidays, ...moves.map(([free = '']) => free)]),
    workingWeekends: inOrder([...before.workingWeekends, ...moves.map(([, works = '']) => works)]),
  }
}

function changedDays(before: readonly IsoDate[], value: string): readonly IsoDate[] | undefined {
  const words = value.split(',').map((word) => word.trim())
  if (value.trim() === '') return []
  if (words.every(isIsoDate)) return inOrder(words)
  const days = new Set(before)
  for (const word of words) {
    const [sign, day] = [word[0], word.slice(1)]
    if (!isIsoDate(day) || (sign === '+') === days.has(day) || (sign !== '+' && sign !== '-')) return undefined
    if (sign === '+') days.add(day)
    else days.delete(day)
  }
  return inOrder([...days])
}

const inOrder = (days: readonly IsoDate[]): readonly IsoDate[] => [...new Set(days)].toSorted()

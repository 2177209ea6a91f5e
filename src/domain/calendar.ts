import kz2025 from '../../resources/calendar/kz-2025.json' with { type: 'json' }
import kz2026 from '../../resources/calendar/kz-2026.json' with { type: 'json' }
import kz2027 from '../../resources/calendar/kz-2027.json' with { type: 'json' }
import { addDays, isIsoDate } from './businessDate.ts'
import type { IsoDate } from './fact.ts'
import type { Policy } from './policy.ts'

/** Days off that fall on weekdays, and weekend days declared working; signed by the ministry each year. */
export interface WorkingCalendar {
  readonly holidays: readonly IsoDate[]
  readonly workingWeekends: readonly IsoDate[]
}

export const isWorkingDay = (date: IsoDate, c: WorkingCalendar): boolean => {
  if (c.workingWeekends.includes(date)) return true
  if (c.holidays.includes(date)) return false
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return day !== 0 && day !== 6
}

/** The n-th working day after `from`; `from` itself does not count (Administrative Procedural Code, unverified: policy). */
export function addWorkingDays(from: IsoDate, n: number, c: WorkingCalendar): IsoDate {
  let date = from
  for (let left = n; left > 0; ) {
    date = addDays(date, 1)
    if (isWorkingDay(date, c)) left--
  }
  return date
}

/** One year of the calendar as the ministry signs it with a version of the policy. */
export interface CalendarYear {
  readonly year: number
  /** Days off that fall on weekdays, moved ones at the day they moved to. */
  readonly holidays: readonly IsoDate[]
  readonly workingWeekends: readonly IsoDate[]
}

/**
 * Holidays of Kazakhstan with the days they move to when they fall on a weekend (Law on holidays; Orthodox Christmas and Kurban Ait do
 * not move), a file a year in resources/calendar: what holds until a signed version of the policy says otherwise.
 */
export const KZ_YEARS: readonly CalendarYear[] = [kz2025, kz2026, kz2027].map(
  ({ year, holidays, workingWeekends }) => ({
    year,
    holidays: holidays.map(({ date }) => date),
    workingWeekends,
  }),
)

const calendarOfYears = (years: readonly CalendarYear[]): WorkingCalendar => ({
  holidays: years.flatMap((y) => y.holidays),
  workingWeekends: years.flatMap((y) => y.workingWeekends),
})

export const KZ_CALENDAR: WorkingCalendar = calendarOfYears(KZ_YEARS)

const known = new WeakMap<readonly CalendarYear[], WorkingCalendar>()

/**
 * The calendar under a version of the policy: the years it names (holidays, days that a decree moved) are as it says, all others as in
 * resources/calendar. It holds with its version, from that version's day on; terms that were given before keep their last day.
 */
export function calendarOf(policy: Pick<Policy, 'calendar'>): WorkingCalendar {
  const years = policy.calendar
  if (!years || years.length === 0) return KZ_CALENDAR
  const before = known.get(years)
  if (before) return before
  const named = new Set(years.map((y) => y.year))
  const calendar = calendarOfYears([...KZ_YEARS.filter((y) => !named.has(y.year)), ...years])
  known.set(years, calendar)
  return calendar
}

/** What cannot stand in a year of the calendar: a day of another year, a holiday on a weekend, a working day that is no weekend's. */
export function wrongDay({ year, holidays, workingWeekends }: CalendarYear): IsoDate | null {
  const isWeekend = (date: IsoDate): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
  const elsewhere = (date: IsoDate): boolean => !isIsoDate(date) || !date.startsWith(`${year}-`)
  return (
    holidays.find((date) => elsewhere(date) || isWeekend(date)) ??
    workingWeekends.find((date) => elsewhere(date) || !isWeekend(date)) ??
    null
  )
}

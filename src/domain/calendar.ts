import kz2025 from '../../resources/calendar/kz-2025.json' with { type: 'json' }
import kz2026 from '../../resources/calendar/kz-2026.json' with { type: 'json' }
import kz2027 from '../../resources/calendar/kz-2027.json' with { type: 'json' }
import { addDays } from './businessDate.ts'
import type { IsoDate } from './fact.ts'

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

const YEARS = [kz2025, kz2026, kz2027]

/**
 * Holidays of Kazakhstan with the days they move to when they fall on a weekend (Law on holidays; Orthodox Christmas and Kurban Ait do
 * not move), a file a year in resources/calendar. Decrees may move more: `workingWeekends` and further days off come into the same files.
 */
export const KZ_CALENDAR: WorkingCalendar = {
  holidays: YEARS.flatMap((year) => year.holidays.map(({ date }) => date)),
  workingWeekends: YEARS.flatMap((year): string[] => year.workingWeekends),
}

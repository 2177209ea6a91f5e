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

/**
 * Holidays of Kazakhstan with the days they move to when they fall on a weekend (Law on holidays; Orthodox Christmas and Kurban
 * Ait do not move). Decrees may move more: the registry's signed calendar replaces this.
 */
export const KZ_CALENDAR: WorkingCalendar = {
  holidays: [
    // 2025
    '2025-01-01',
    '2025-01-02',
    '2025-01-07',
    '2025-03-10',
    '2025-03-21',
    '2025-03-24',
    '2025-03-25',
    '2025-05-01',
    '2025-05-07',
    '2025-05-09',
    '2025-06-06',
    '2025-07-07',
    '2025-09-01',
    '2025-10-27',
    '2025-12-16',
    // 2026
    '2026-01-01',
    '2026-01-02',
    '2026-01-07',
    '2026-03-09',
    '2026-03-23',
    '2026-03-24',
    '2026-03-25',
    '2026-05-01',
    '2026-05-07',
    '2026-05-11',
    '2026-05-27',
    '2026-07-06',
    '2026-08-31',
    '2026-10-26',
    '2026-12-16',
    // 2027
    '2027-01-01',
    '2027-01-04',
    '2027-01-07',
    '2027-03-08',
    '2027-03-22',
    '2027-03-23',
    '2027-03-24',
    '2027-05-03',
    '2027-05-07',
    '2027-05-10',
    '2027-07-06',
    '2027-08-30',
    '2027-10-25',
    '2027-12-16',
  ],
  workingWeekends: [],
}

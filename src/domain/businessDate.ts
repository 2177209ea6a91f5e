import type { Instant, IsoDate } from './fact.ts'

/** Kazakhstan has had one time zone, UTC+5, since 1 March 2024. */
const OFFSET_MS = 5 * 3_600_000
const DAY_MS = 86_400_000
/** Hour UTC at which the next day begins here. */
const NEXT_DAY_FROM = 19

/** Business date (UTC+5) of a UTC instant. */
export function businessDate(at: Instant): IsoDate {
  const day = at.slice(0, 10)
  const hour = digitsAt(at, 11, 13)
  // asked of every step of every appeal; most are of the same day here as there
  if (hour >= 0 && hour < NEXT_DAY_FROM && at.endsWith('Z') && isIsoDate(day)) return day
  return new Date(Date.parse(at) + OFFSET_MS).toISOString().slice(0, 10)
}

/** First UTC instant after the end of a business date. */
export const endOfBusinessDate = (date: IsoDate): Instant =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS - OFFSET_MS).toISOString()

/** `days` calendar days later (or earlier, when negative). */
export const addDays = (date: IsoDate, days: number): IsoDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** Calendar days from `from` to `to`. */
export const daysBetween = (from: IsoDate, to: IsoDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)

/** True for an existing calendar day written YYYY-MM-DD. */
export const isIsoDate = (text: string): boolean => {
  // asked of every declaration of a file, so without making a Date of it
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false
  const year = digitsAt(text, 0, 4)
  const month = digitsAt(text, 5, 7)
  const day = digitsAt(text, 8, 10)
  if (year < 0 || month < 1 || month > 12 || day < 1) return false
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (DAYS_OF_MONTH[month] as number) + (leap ? 1 : 0)
}

const DAYS_OF_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The number that the digits from one place to before another make; -1 where there is anything else. */
function digitsAt(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/** `minutes` later. */
export const addMinutes = (at: Instant, minutes: number): Instant =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString()

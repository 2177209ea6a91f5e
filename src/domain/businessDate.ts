import type { Instant, IsoDate } from './fact.ts'

/** Kazakhstan has had one time zone, UTC+5, since 1 March 2024. */
const OFFSET_MS = 5 * 3_600_000
const DAY_MS = 86_400_000

/** Business date (UTC+5) of a UTC instant. */
export const businessDate = (at: Instant): IsoDate => new Date(Date.parse(at) + OFFSET_MS).toISOString().slice(0, 10)

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
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

/** `minutes` later. */
export const addMinutes = (at: Instant, minutes: number): Instant =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString()

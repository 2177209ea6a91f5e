const DAY_MS = 86_400_000
/** Day 0 of the 1900 system as Excel counts from day 61 on; days 1 to 59 are one less because Excel believes in 29.02.1900. */
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)
/** First serial after 31.12.9999 in the 1900 system. */
const END_1900 = 2_958_466
const DAYS_BETWEEN_SYSTEMS = 1462

const DAY_SLOTS = 4096
const knownDays = new Int32Array(DAY_SLOTS)
const knownTexts = new Array<string | undefined>(DAY_SLOTS)

/**
 * ISO text of a spreadsheet's date number: `2024-03-31`, `2024-03-31T14:05:00`, or `14:05:00` for a bare time of day.
 * Null when the number is no date in its system (negative, after 9999, or the 29.02.1900 that never was).
 * Rounded to the second, which is what the cell can hold. Source: ECMA-376 part 1, 18.17.4.
 */
export function isoOfSerial(serial: number, date1904: boolean): string | null {
  const end = date1904 ? END_1900 - DAYS_BETWEEN_SYSTEMS : END_1900
  if (!(serial >= 0 && serial < end)) return null
  let day = Math.floor(serial)
  let seconds = Math.round((serial - day) * 86_400)
  if (seconds === 86_400) {
    day += 1
    seconds = 0
  }
  if (day >= end) return null
  const time =
    seconds === 0 && (day > 0 || date1904)
      ? ''
      : `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  if (day === 0 && !date1904) return time
  if (day === 60 && !date1904) return null
  const epoch = date1904 ? EPOCH_1904 : day < 60 ? EPOCH_1900 + DAY_MS : EPOCH_1900
  const date = dayText(epoch / DAY_MS + day)
  return seconds === 0 ? date : `${date}T${time}`
}

/** `YYYY-MM-DD` of a day counted from 01.01.1970. A column of dates repeats few days, so the last ones are remembered. */
function dayText(day: number): string {
  const slot = day & (DAY_SLOTS - 1)
  if (knownDays[slot] !== day || knownTexts[slot] === undefined) {
    knownDays[slot] = day
    knownTexts[slot] = new Date(day * DAY_MS).toISOString().slice(0, 10)
  }
  return knownTexts[slot] as string
}

/**
 * The date number of the 1900 system for `YYYY-MM-DD` with an optional `THH:MM[:SS]`; null when it is no such date.
 * Dates before 01.03.1900 are refused, since spreadsheets disagree about them.
 */
export function serialOfIso(iso: string): number | null {
  if (iso[4] !== '-' || iso[7] !== '-') return null
  const year = digits(iso, 0, 4)
  const month = digits(iso, 5, 2)
  const day = digits(iso, 8, 2)
  if (!(year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return null
  const serial = (Date.UTC(year, month - 1, day) - EPOCH_1900) / DAY_MS
  if (serial < 61) return null
  if (iso.length === 10) return serial
  const time = /^T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(iso.slice(10))
  if (time === null) return null
  return serial + (Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3] ?? 0)) / 86_400
}

function digits(text: string, from: number, length: number): number {
  let value = 0
  for (let i = from; i < from + length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}

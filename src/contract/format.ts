import { businessDate } from '../domain/businessDate.ts'
import type { Lang } from './value.ts'

/**
 * Dates and numbers as officers and letters read them, alike in the window and in files. Chromium has no Kazakh locale data (it prints
 * "2026 M11 22"), so nothing here asks Intl. Dates are business dates, instants are shown in UTC+5.
 */

const MONTHS: Readonly<Record<Lang, readonly string[]>> = {
  kk: [
    'қаңтар',
    'ақпан',
    'наурыз',
    'сәуір',
    'мамыр',
    'маусым',
    'шілде',
    'тамыз',
    'қыркүйек',
    'қазан',
    'қараша',
    'желтоқсан',
  ],
  ru: [
    'января',
    'февраля',
    'марта',
    'апреля',
    'мая',
    'июня',
    'июля',
    'августа',
    'сентября',
    'октября',
    'ноября',
    'декабря',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}

const OFFSET_MS = 5 * 3_600_000
const NBSP = '\u00a0'
const DECIMAL: Readonly<Record<Lang, string>> = { kk: ',', ru: ',', en: '.' }
const GROUP: Readonly<Record<Lang, string>> = { kk: NBSP, ru: NBSP, en: ',' }

/** A business date (YYYY-MM-DD) in words: "2026 жылғы 22 қараша" is for letters; screens show "22 қараша 2026". */
export function formatDate(date: string, lang: Lang): string {
  const [year, month, day] = date.split('-')
  const name = MONTHS[lang][Number(month) - 1]
  if (!year || !name || !day) return date
  return `${Number(day)}${NBSP}${name}${NBSP}${year}`
}

/** A business date as 22.11.2026, the same in all three languages. */
export function formatShortDate(date: string): string {
  const [year, month, day] = date.split('-')
  return year && month && day ? `${day}.${month}.${year}` : date
}

/** Hours and minutes of a UTC instant in Kazakhstan: 14:05. */
export const formatTime = (at: string): string => new Date(Date.parse(at) + OFFSET_MS).toISOString().slice(11, 16)

/** Date and time of a UTC instant in Kazakhstan: 22.11.2026 14:05. */
export const formatInstant = (at: string): string => `${formatShortDate(businessDate(at))}${NBSP}${formatTime(at)}`

/** A number with groups of three digits and the decimal sign of the language; four digits stay together in kk and ru. */
export function formatNumber(value: number, lang: Lang, fractionDigits = 0): string {
  const [whole = '0', fraction] = Math.abs(value).toFixed(fractionDigits).split('.')
  const together = lang !== 'en' && whole.length <= 4
  const grouped = together ? whole : whole.replace(/\B(?=(\d{3})+$)/g, GROUP[lang])
  const sign = value < 0 && Number(value.toFixed(fractionDigits)) !== 0 ? '\u2212' : ''
  return `${sign}${grouped}${fraction === undefined ? '' : DECIMAL[lang] + fraction}`
}

/** A share (0-1) as a percentage: "96 %" in kk and ru, "96%" in English. */
export const formatShare = (share: number, lang: Lang, fractionDigits = 0): string =>
  `${formatNumber(share * 100, lang, fractionDigits)}${lang === 'en' ? '' : NBSP}%`

/** Size of a file in the largest unit that keeps it above one. */
export function formatBytes(bytes: number, lang: Lang): string {
  const units = lang === 'en' ? ['B', 'KB', 'MB', 'GB'] : ['Б', 'КБ', 'МБ', 'ГБ']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${formatNumber(value, lang, unit === 0 || value >= 100 ? 0 : 1)}${NBSP}${units[unit]}`
}

const KK_LETTERS = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя'

/** Key that sorts text by the 42 letters of the Kazakh alphabet (Russian is a part of it); other characters keep their order. */
export function sortKeyKk(text: string): string {
  let key = ''
  for (const letter of text.toLowerCase()) {
    const place = KK_LETTERS.indexOf(letter)
    key += place < 0 ? letter : String.fromCharCode(0xe000 + place)
  }
  return key
}

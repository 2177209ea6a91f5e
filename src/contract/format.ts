import { businessDate } from '../domain/businessDate.ts'
import type { Instant, IsoDate } from '../domain/fact.ts'
import type { Lang } from './value.ts'

/**
 * Numbers and dates as officers of each language write them. Own tables, because Chromium carries no Kazakh locale data (it would
 * print "2026 M11 22") while Node does: window, reports and command line must not differ.
 */

const MONTHS: Readonly<Record<Lang, readonly string[]>> = {
  kk: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '),
  ru: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}

/** Russian dates take the genitive: "22 ноября". */
const MONTHS_IN_DATE: Readonly<Record<Lang, readonly string[]>> = {
  ...MONTHS,
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
}

/** No-break space: a number or date is not torn apart at the end of a line. */
const NBSP = '\u00a0'

/** 127 682 (kk, ru) or 127,682 (en); `digits` decimals, none by default. */
export function formatNumber(value: number, lang: Lang, digits = 0): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, lang === 'en' ? ',' : NBSP)
  const sign = value < 0 && /[1-9]/.test(whole + (fraction ?? '')) ? '−' : ''
  return fraction === undefined ? sign + grouped : `${sign}${grouped}${lang === 'en' ? '.' : ','}${fraction}`
}

/** A share (0-1) as percent: 12,5 % (kk, ru) or 12.5% (en). */
export const formatShare = (share: number, lang: Lang): string =>
  `${formatNumber(share * 100, lang, 1)}${lang === 'en' ? '%' : `${NBSP}%`}`

/** 22 қараша 2026, 22 ноября 2026, 22 November 2026. A text that is no ISO date comes back unchanged. */
export function formatDate(date: IsoDate, lang: Lang): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  const name = MONTHS_IN_DATE[lang][Number(month) - 1]
  return name === undefined ? date : `${Number(day)}${NBSP}${name}${NBSP}${year}`
}

/** As an official letter writes it: 2026 жылғы 22 қараша, 22 ноября 2026 года. A text that is no ISO date comes back unchanged. */
export function formatLetterDate(date: IsoDate, lang: 'kk' | 'ru'): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  const name = MONTHS_IN_DATE[lang][Number(month) - 1]
  if (name === undefined) return date
  const dayAndMonth = `${Number(day)}${NBSP}${name}`
  return lang === 'kk' ? `${year}${NBSP}жылғы${NBSP}${dayAndMonth}` : `${dayAndMonth}${NBSP}${year}${NBSP}года`
}

/** 22.11.2026 (kk, ru) or 22 Nov 2026 (en). */
export function formatShortDate(date: IsoDate, lang: Lang): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  const name = MONTHS.en[Number(month) - 1]
  if (name === undefined) return date
  return lang === 'en' ? `${Number(day)}${NBSP}${name.slice(0, 3)}${NBSP}${year}` : `${day}.${month}.${year}`
}

/** Month of a year (YYYY-MM): қараша 2026, ноябрь 2026, November 2026. */
export function formatMonth(month: string, lang: Lang): string {
  const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month) ?? []
  const name = MONTHS[lang][Number(number) - 1]
  return name === undefined ? month : `${name}${NBSP}${year}`
}

/** An instant in the time of Kazakhstan (UTC+5): 22.11.2026 14:05. */
export function formatInstant(at: Instant, lang: Lang): string {
  const time = new Date(Date.parse(at) + 5 * 3_600_000).toISOString().slice(11, 16)
  return `${formatShortDate(businessDate(at), lang)} ${time}`
}

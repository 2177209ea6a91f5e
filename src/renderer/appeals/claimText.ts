import type { TFunction } from 'i18next'
import type { Format } from '../i18n/useFormat.ts'

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
/** A journey: exit and entry, either of them unknown. */
const JOURNEY = /^(\d{4}-\d{2}-\d{2}|\?) – (\d{4}-\d{2}-\d{2}|\?)$/
const LISTED = /^(white|grey|black|none)(?:: ([a-z-]+))?$/

/** A value of the claim as the officer reads it: dates in the desk's form, everything else as it is. */
export function shownValue(value: string, format: Pick<Format, 'shortDate'>): string {
  const day = (text: string): string => (ISO_DATE.test(text) ? format.shortDate(text) : text)
  const [, exit, entry] = JOURNEY.exec(value) ?? []
  return exit === undefined || entry === undefined ? day(value) : `${day(exit)} – ${day(entry)}`
}

/** A value of the registry; that of an IMEI is its list and reason ("grey: not-confirmed"), said in words. */
export function shownFact(value: string, format: Format, t: TFunction<readonly ['term']>): string {
  const [, list, reason] = LISTED.exec(value) ?? []
  if (list === undefined) return shownValue(value, format)
  return [t(`term:list.${list}`), reason && t(`term:reason.${reason}`)].filter(Boolean).join(', ')
}

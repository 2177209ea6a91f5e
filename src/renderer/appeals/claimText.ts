import type { TFunction } from 'i18next'
import type { Format } from '../i18n/useFormat.ts'

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
const LISTED = /^(white|grey|black|none)(?:: ([a-z-]+))?$/

/** A value of the claim as the officer reads it: dates in the desk's form, everything else as it is. */
export const shownValue = (value: string, format: Format): string =>
  ISO_DATE.test(value) ? format.shortDate(value) : value

/** A value of the registry; that of an IMEI is its list and reason ("grey: not-confirmed"), said in words. */
export function shownFact(value: string, format: Format, t: TFunction<readonly ['term']>): string {
  const [, list, reason] = LISTED.exec(value) ?? []
  if (list === undefined) return shownValue(value, format)
  return [t(`term:list.${list}`), reason && t(`term:reason.${reason}`)].filter(Boolean).join(', ')
}

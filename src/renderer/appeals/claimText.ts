import type { Format } from '../i18n/useFormat.ts'

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/

/** A value of claim or fact as the officer reads it: dates in the desk's form, everything else as it is. */
export const shownValue = (value: string, format: Format): string =>
  ISO_DATE.test(value) ? format.shortDate(value) : value

import { rule } from '../rule.ts'

/** A year of two digits, read as 20YY. */
export const dateShortYear = rule({ code: 'date-short-year', scope: 'row', level: 'warning' })

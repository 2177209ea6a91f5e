import { rule } from '../rule.ts'

/** The date of the column is not the one the number of the declaration carries. */
export const dateMismatch = rule({ code: 'date-mismatch', scope: 'row', level: 'warning' })

import { rule } from '../rule.ts'

/** A list without a date speaks of the day it came. */
export const dateToday = rule({ code: 'date-today', scope: 'row', level: 'warning' })

import { rule } from '../rule.ts'

/** A leading zero that a numeric cell had lost was restored: type code and check digit fit. */
export const imeiLostZero = rule({ code: 'imei-lost-zero', scope: 'row', level: 'warning' })

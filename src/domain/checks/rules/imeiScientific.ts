import { rule } from '../rule.ts'

/** Text such as 3,54138E+14: the last digits were lost before the file was sent. */
export const imeiScientific = rule({ code: 'imei-scientific', scope: 'row', level: 'error' })

import { rule } from '../rule.ts'

/** The IMEIs of one device are allocated with one type code; two are possible, but ask for a second look. */
export const imeiPairTacs = rule({ code: 'imei-pair-tacs', scope: 'row', level: 'warning' })

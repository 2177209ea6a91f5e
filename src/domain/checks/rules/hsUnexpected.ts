import { rule } from '../rule.ts'

/** A code of goods that carry no IMEI. */
export const hsUnexpected = rule({ code: 'hs-unexpected', scope: 'row', level: 'warning' })

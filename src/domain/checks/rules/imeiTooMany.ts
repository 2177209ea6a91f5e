import { rule } from '../rule.ts'

/** A device has at most four IMEIs. */
export const imeiTooMany = rule({ code: 'imei-too-many', scope: 'row', level: 'warning' })

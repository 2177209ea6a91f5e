import { rule } from '../rule.ts'

/** The cell holds something else than the digits of an IMEI. */
export const imeiUnreadable = rule({ code: 'imei-unreadable', scope: 'row', level: 'error' })

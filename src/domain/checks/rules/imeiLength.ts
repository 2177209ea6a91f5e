import { rule } from '../rule.ts'

/** Not 14, 15 or 16 digits (3GPP TS 23.003). */
export const imeiLength = rule({ code: 'imei-length', scope: 'row', level: 'error' })

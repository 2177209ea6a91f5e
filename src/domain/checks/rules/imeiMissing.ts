import { rule } from '../rule.ts'

/** No cell of the row holds an IMEI, so nothing could be matched on it. */
export const imeiMissing = rule({ code: 'imei-missing', scope: 'row', level: 'error' })

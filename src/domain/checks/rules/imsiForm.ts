import { rule } from '../rule.ts'

/** Not an IMSI: 14 or 15 digits that begin with a country code. */
export const imsiForm = rule({ code: 'imsi-form', scope: 'row', level: 'warning' })

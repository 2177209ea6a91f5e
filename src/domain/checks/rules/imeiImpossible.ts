import { rule } from '../rule.ts'

/** Zeros, one digit repeated or a plain run: nobody allocates such a number. */
export const imeiImpossible = rule({ code: 'imei-impossible', scope: 'row', level: 'error' })

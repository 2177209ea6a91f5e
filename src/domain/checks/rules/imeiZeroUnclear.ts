import { rule } from '../rule.ts'

/** A number of 14 digits whose lost zero nothing confirms: type code or check digit do not fit with it. */
export const imeiZeroUnclear = rule({ code: 'imei-zero-unclear', scope: 'row', level: 'error' })

import { rule } from '../rule.ts'

/** The row repeats only some of the IMEIs of an earlier row: two devices cannot share one. */
export const contradiction = rule({ code: 'contradiction', scope: 'file', level: 'error', may: ['error'] })

import { rule } from '../rule.ts'

/** Nobody is named who crossed. */
export const personMissing = rule({ code: 'person-missing', scope: 'row', level: 'error' })

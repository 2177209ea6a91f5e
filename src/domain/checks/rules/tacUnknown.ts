import { rule } from '../rule.ts'

/** The type code is not in the TAC table. New ones take weeks to appear there, so it is no error. */
export const tacUnknown = rule({ code: 'tac-unknown', scope: 'row', level: 'warning' })

import { rule } from '../rule.ts'

/** A delta list takes out a row of a kind that only a newer full list takes out (TAC table). */
export const changeUnsupported = rule({ code: 'change-unsupported', scope: 'row', level: 'error' })

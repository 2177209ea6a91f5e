import { rule } from '../rule.ts'

/** The row repeats an earlier one of the file. */
export const duplicate = rule({ code: 'duplicate', scope: 'file', level: 'error', may: ['error'] })

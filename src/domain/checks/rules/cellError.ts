import { rule } from '../rule.ts'

/** An error or a formula without a saved result stands where a value should. */
export const cellError = rule({ code: 'cell-error', scope: 'row', level: 'error' })

import { rule } from '../rule.ts'

/** Not eight digits. */
export const tacForm = rule({ code: 'tac-form', scope: 'row', level: 'error' })

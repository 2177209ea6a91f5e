import { rule } from '../rule.ts'

/** A delta list says neither add, nor update, nor remove. */
export const changeUnknown = rule({ code: 'change-unknown', scope: 'row', level: 'error' })

import { rule } from '../rule.ts'

/** The check digit fits, but month, type or century cannot be. */
export const identityStructure = rule({ code: 'identity-structure', scope: 'row', level: 'warning' })

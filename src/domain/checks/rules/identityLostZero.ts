import { rule } from '../rule.ts'

/** Leading zeros that a cell had lost were restored; the check digit fits. */
export const identityLostZero = rule({ code: 'identity-lost-zero', scope: 'row', level: 'warning' })

import { rule } from '../rule.ts'

/** Neither a declaration nor a paper of an import from the Economic Union. */
export const declarationMissing = rule({ code: 'declaration-missing', scope: 'row', level: 'warning' })

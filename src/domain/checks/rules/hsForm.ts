import { rule } from '../rule.ts'

/** Not a code of the commodity nomenclature. */
export const hsForm = rule({ code: 'hs-form', scope: 'row', level: 'warning' })

import { rule } from '../rule.ts'

/** A day that no calendar has, or from before mobile telephones. */
export const dateImpossible = rule({ code: 'date-impossible', scope: 'row', level: 'error' })

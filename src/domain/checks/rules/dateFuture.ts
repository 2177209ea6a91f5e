import { rule } from '../rule.ts'

/** After the business date of the import. */
export const dateFuture = rule({ code: 'date-future', scope: 'row', level: 'error' })

import { rule } from '../rule.ts'

/** No BIN or IIN of the importer. */
export const identityMissing = rule({ code: 'identity-missing', scope: 'row', level: 'warning' })

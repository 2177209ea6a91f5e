import { rule } from '../rule.ts'

/** A type code without brand and model names nothing. */
export const brandMissing = rule({ code: 'brand-missing', scope: 'row', level: 'warning' })

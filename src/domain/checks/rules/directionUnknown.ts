import { rule } from '../rule.ts'

/** Neither entry nor exit. */
export const directionUnknown = rule({ code: 'direction-unknown', scope: 'row', level: 'error' })

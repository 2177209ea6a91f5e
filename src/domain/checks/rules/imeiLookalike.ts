import { rule } from '../rule.ts'

/** Letters that look like digits were replaced; the check digit confirms it. */
export const imeiLookalike = rule({ code: 'imei-lookalike', scope: 'row', level: 'warning' })

import { rule } from '../rule.ts'

/** Neither a number of Kazakhstan nor one of another country. */
export const msisdnForm = rule({ code: 'msisdn-form', scope: 'row', level: 'warning' })

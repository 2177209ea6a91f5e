import { rule } from '../rule.ts'

/** A SIM of Kazakhstan with a number of another country: one of the two is not what the operator meant. */
export const msisdnOutOfRegion = rule({ code: 'msisdn-out-of-region', scope: 'row', level: 'warning' })

import { rule } from '../rule.ts'

/** The operator calls the subscriber its own, but the SIM is of another country (ITU-T E.212: 401 is Kazakhstan): no clock would start. */
export const imsiOutOfRegion = rule({ code: 'imsi-out-of-region', scope: 'row', level: 'warning' })

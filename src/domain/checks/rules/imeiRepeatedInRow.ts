import { rule } from '../rule.ts'

/** One IMEI in two cells of a row. */
export const imeiRepeatedInRow = rule({ code: 'imei-repeated-in-row', scope: 'row', level: 'warning' })

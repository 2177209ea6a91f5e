import { rule } from '../rule.ts'

/** More than 15 significant digits in a numeric cell: a spreadsheet keeps 15, the 16th is lost. */
export const imeiDigitsLost = rule({ code: 'imei-digits-lost', scope: 'row', level: 'error' })

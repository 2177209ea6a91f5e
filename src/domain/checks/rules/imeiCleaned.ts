import { rule } from '../rule.ts'

/** Signs around the digits were removed. */
export const imeiCleaned = rule({ code: 'imei-cleaned', scope: 'row', level: 'warning' })

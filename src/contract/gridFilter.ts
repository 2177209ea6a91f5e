import { z } from 'zod'
import { zIsoDate, zListingReason, zOperator } from './value.ts'

/** What the registry's lists are filtered by; null or '' lets everything through. Dates are inclusive. */
export const zGridFilter = z.object({
  list: z.enum(['grey', 'black', 'white']),
  reason: zListingReason.nullable().default(null),
  /** First digits of the IMEI: eight of them are a TAC. */
  prefix: z
    .string()
    .regex(/^\d{0,14}$/)
    .default(''),
  brand: z.string().max(100).nullable().default(null),
  /** BIN or IIN of who declared it. */
  importer: z
    .string()
    .regex(/^\d{12}$/)
    .nullable()
    .default(null),
  operator: zOperator.nullable().default(null),
  region: z.string().max(100).nullable().default(null),
  sinceFrom: zIsoDate.nullable().default(null),
  sinceTo: zIsoDate.nullable().default(null),
  deadlineFrom: zIsoDate.nullable().default(null),
  deadlineTo: zIsoDate.nullable().default(null),
})
export type GridFilter = z.infer<typeof zGridFilter>

/** First and last key whose 14 digits begin so. */
export const keysOfPrefix = (prefix: string): readonly [first: number, last: number] => [
  Number(prefix.padEnd(14, '0')),
  Number(prefix.padEnd(14, '9')),
]

/** Whether a filter asks for no more than a range of IMEIs. */
export const isRangeOnly = (f: GridFilter): boolean =>
  [f.reason, f.brand, f.importer, f.operator, f.region, f.sinceFrom, f.sinceTo, f.deadlineFrom, f.deadlineTo].every(
    (value) => value === null,
  )

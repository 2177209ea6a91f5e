import { z } from 'zod'
import type { Imei14, IsoDate, Operator } from '../domain/fact.ts'
import { imei14Text, tacOf } from '../domain/imei.ts'
import type { Listing } from '../domain/listing.ts'
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

/** A listing with what lists are filtered by. */
export interface Traited extends Listing {
  readonly operator: Operator | null
  readonly region: string | null
  readonly importer: string | null
}

const within = (date: IsoDate | null, from: IsoDate | null, to: IsoDate | null): boolean =>
  (from === null && to === null) || (date !== null && (from === null || date >= from) && (to === null || date <= to))

/** Whether a filter lets a listing through, its brand and first digits apart (`withinRange`). */
export const letsThrough = (f: GridFilter, row: Traited): boolean =>
  row.list === f.list &&
  (f.reason === null || row.reason === f.reason) &&
  (f.operator === null || row.operator === f.operator) &&
  (f.region === null || row.region === f.region) &&
  (f.importer === null || row.importer === f.importer) &&
  within(row.since, f.sinceFrom, f.sinceTo) &&
  within(row.deadline, f.deadlineFrom, f.deadlineTo)

/** Whether a filter's first digits and brand let an IMEI through. `tacs`: those of the brand; null where none is asked for. */
export const withinRange = (f: GridFilter, imei14: Imei14, tacs: ReadonlySet<number> | null): boolean =>
  (tacs === null || tacs.has(tacOf(imei14))) && imei14Text(imei14).startsWith(f.prefix)

/** Whether a filter asks for no more than a range of IMEIs. */
export const isRangeOnly = (f: GridFilter): boolean =>
  [f.reason, f.brand, f.importer, f.operator, f.region, f.sinceFrom, f.sinceTo, f.deadlineFrom, f.deadlineTo].every(
    (value) => value === null,
  )

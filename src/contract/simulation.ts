import { z } from 'zod'
import { zImei14, zIsoDate, zList, zListing, zListingReason } from './value.ts'

const count = z.number().int().nonnegative()
const zCounted = z.array(z.object({ value: z.string(), count }))

/** What is compared with what: versions of the policy, null for the one in force; `set` changes the later one. */
export const zSimulationAsk = z.object({
  from: z.number().int().nullable().default(null),
  to: z.number().int().nullable().default(null),
  set: z.array(z.object({ key: z.string().max(100), value: z.string().max(1000) })).max(100),
})
export type SimulationAsk = z.infer<typeof zSimulationAsk>

export const zSimulated = z.object({
  /** Version compared with, and the one that is tried. */
  from: z.number().int(),
  to: z.number().int(),
  /** IMEIs that were judged. */
  judged: count,
  /** Only grey and black were judged, since the change can touch no others: white and none then count those that enter. */
  narrowed: z.boolean(),
  /** IMEIs whose listing would change. */
  moved: count,
  /** Groups of listings: IMEIs in it before and after, and how many listings change (come, go, or get another date). */
  changes: z.array(
    z.object({
      list: zList,
      reason: zListingReason.nullable(),
      from: z.number().int(),
      to: z.number().int(),
      count: z.number().int(),
    }),
  ),
  moves: z.array(z.object({ from: zList, to: zList, count })),
  /** Of those that would change; '' for a TAC not in the table. */
  brands: zCounted,
  operators: zCounted,
  /** Open appeals about an IMEI that would change. */
  appeals: z.array(z.string()),
  /** Days of receipt, from today, on which an appeal would get another last day, and the first of them. */
  terms: z
    .object({
      days: count,
      first: z.object({ received: zIsoDate, before: zIsoDate, after: zIsoDate }).nullable(),
    })
    .default({ days: 0, first: null }),
  sample: z.array(z.object({ imei14: zImei14, before: zListing, after: zListing })),
})
export type Simulated = z.infer<typeof zSimulated>

import { z } from 'zod'
import { zSimulated, zSimulationAsk } from '../simulation.ts'
import { zImei14, zInstant, zIsoDate, zList, zListing, zListingReason, zPolicy, zProblem, zSeq } from '../value.ts'

const zDevice = z.object({ tac: z.string(), brand: z.string().nullable(), model: z.string().nullable() })

export const zLookup = zListing.extend({
  /** As asked. */
  imei: z.string(),
  imei14: zImei14.nullable(),
  asOf: z.object({ seq: zSeq, at: zInstant.nullable() }),
  device: zDevice.nullable(),
  overdue: z.boolean(),
  /** An impossible IMEI answers with its problem and list `none`. */
  problem: zProblem.nullable(),
})

const zBecause = z.object({ key: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) })

export const zExplained = zListing.extend({
  imei: z.string(),
  imei14: zImei14,
  at: zIsoDate,
  /** Version in force then; 0 before the first one. */
  policy: z.number().int(),
  rules: z.array(z.object({ rule: z.string(), fired: z.boolean(), because: zBecause })),
  facts: z.array(
    z.object({
      kind: z.string(),
      op: z.enum(['add', 'remove']),
      source: z.string(),
      date: zIsoDate,
      batch: z.string(),
      /** Sequence number from which it holds, and until which (undone or replaced). */
      seq: zSeq,
      endedSeq: zSeq.nullable(),
      data: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  device: zDevice.nullable(),
  /** Other IMEIs of the same device, as reported. */
  siblings: z.array(z.object({ imei14: zImei14, list: zList })),
  appeals: z.array(z.object({ id: z.string(), state: z.string() })),
  asOf: z.object({ seq: zSeq, at: zInstant.nullable() }),
})

export const zListingRow = z.object({
  imei14: zImei14,
  list: zList,
  reason: zListingReason.nullable(),
  since: zIsoDate.nullable(),
  deadline: zIsoDate.nullable(),
  brand: z.string().nullable(),
  model: z.string().nullable(),
})

export const LISTING_CALLS = {
  /** In the order asked. */
  lookup: { input: z.object({ imeis: z.array(z.string()).max(100_000) }), output: z.array(zLookup) },
  /** Why, as of the end of a business date (default: now). */
  explain: { input: z.object({ imei: z.string(), at: zIsoDate.optional() }), output: zExplained },
  /** Grey and black by IMEI, keyset paging: rows after `after`. */
  listings: {
    input: z.object({
      list: z.enum(['grey', 'black']),
      reason: zListingReason.nullable(),
      /** First digits of the IMEI, '' for all. */
      prefix: z.string().regex(/^\d{0,14}$/),
      after: zImei14.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.object({ rows: z.array(zListingRow), total: z.number().int() }),
  },
  /** Versions of the policy this desk knows, the oldest first, with the sequence number from which each holds. */
  policies: { input: z.object({}), output: z.array(z.object({ fromSeq: zSeq, policy: zPolicy })) },
  /** What another policy would move, over the facts of the mirror or of the registry; nothing is changed. */
  'simulate-policy': {
    input: zSimulationAsk.extend({ at: z.enum(['desk', 'registry']).default('desk'), job: z.string().optional() }),
    output: zSimulated,
  },
  'listing-counts': {
    input: z.object({}),
    output: z.object({
      groups: z.array(z.object({ list: zList, reason: zListingReason, count: z.number().int() })),
      overdue: z.number().int(),
      listedSeq: zSeq,
    }),
  },
} as const

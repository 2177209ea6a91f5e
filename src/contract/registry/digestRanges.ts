import { z } from 'zod'
import { zSeq } from '../value.ts'

/**
 * Where a mirror differs: the digest of digest.ts by ranges of IMEI, each narrower than the one before, down to rows. All of it as of
 * one event.
 */
export const DIGEST_PARTS = ['facts', 'listings'] as const
export type DigestPart = (typeof DIGEST_PARTS)[number]

/** Widths of the ranges, from all IMEIs to what is compared row by row: two digits, five, eight (a TAC), eleven. */
export const RANGE_WIDTHS = [1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000] as const

/** Ranges of at most so many rows on both sides are compared row by row. */
export const ROWS_COMPARED = 2_000

const count = z.number().int().nonnegative()

/** GET /v1/digest/ranges?part&atSeq&from&to&width: ranges of `width` IMEIs that have rows, `from` ≤ IMEI < `to`. */
export const zDigestRanges = z.object({
  seq: zSeq,
  ranges: z.array(z.object({ from: count, rows: count, digest: z.string() })).max(100_000),
})
export type DigestRanges = z.infer<typeof zDigestRanges>

/** GET /v1/digest/facts?atSeq&from&to: live facts with the documents they name. */
export const zFactRows = z.object({
  seq: zSeq,
  facts: z.array(z.tuple([count, count, count, count])),
  docs: z.array(z.tuple([count, count, z.enum(['add', 'remove']), z.string(), z.string().nullable(), z.string()])),
})
/** GET /v1/digest/listings?atSeq&from&to */
export const zListingRows = z.object({
  seq: zSeq,
  listings: z.array(z.tuple([count, z.enum(['grey', 'black']), z.string(), z.string(), z.string().nullable()])),
})
export type FactRows = z.infer<typeof zFactRows>
export type ListingRows = z.infer<typeof zListingRows>

import { z } from 'zod'
import { zGridFilter } from '../gridFilter.ts'
import { zImei14, zInstant, zLang, zListing, zOperator, zSeq, zSha256 } from '../value.ts'

const count = z.number().int().nonnegative()

export const zGridRow = zListing.extend({
  imei14: zImei14,
  brand: z.string().nullable(),
  model: z.string().nullable(),
  operator: zOperator.nullable(),
  region: z.string().nullable(),
  importer: z.string().nullable(),
})
export type GridRow = z.infer<typeof zGridRow>

/** Values of a trait among what a filter lets through, the most frequent first. */
const zFacet = z.array(z.object({ value: z.string(), count }))

/** A filter under a name, kept on this desk; `code` carries it to another desk. */
export const zSavedView = z.object({
  id: z.string(),
  name: z.string(),
  filter: zGridFilter,
  by: z.string(),
  at: zInstant,
  code: z.string(),
})
export type SavedView = z.infer<typeof zSavedView>

export const GRID_CALLS = {
  /**
   * A page by IMEI: rows after `after`. `next` null: there are no more. A page of white may hold fewer rows than asked for and still have
   * a next one. White by more than a range of IMEIs is asked of the registry (`needs-registry`).
   */
  'grid-page': {
    input: z.object({ filter: zGridFilter, after: zImei14.nullable(), limit: z.number().int().min(1).max(1000) }),
    output: z.object({ rows: z.array(zGridRow), next: zImei14.nullable(), from: z.enum(['desk', 'registry']) }),
  },
  /** How many a filter lets through, by trait; null for white, which nobody counts row by row. */
  'grid-counts': {
    input: z.object({ filter: zGridFilter }),
    output: z.object({
      total: count.nullable(),
      reason: zFacet,
      operator: zFacet,
      region: zFacet,
      importer: zFacet,
      brand: zFacet,
      /** Sequence number the lists are merged to. */
      listedSeq: zSeq,
    }),
  },
  /** Everything a filter lets through, as a file for people. */
  'grid-export': {
    input: z.object({
      filter: zGridFilter,
      format: z.enum(['csv', 'xlsx']),
      language: zLang,
      target: z.string(),
      job: z.string().optional(),
    }),
    output: z.object({ file: z.string(), rows: count, sha256: zSha256 }),
  },
  'saved-views': { input: z.object({}), output: z.array(zSavedView) },
  /** Of the same name: replaced. */
  'save-view': {
    input: z.object({ name: z.string().trim().min(1).max(100), filter: zGridFilter }),
    output: z.object({ id: z.string() }),
  },
  /** Takes over a view from the code another officer passed on. */
  'take-view': {
    input: z.object({ code: z.string().max(4000) }),
    output: z.object({ id: z.string(), name: z.string() }),
  },
  'drop-view': { input: z.object({ id: z.string() }), output: z.object({}) },
} as const

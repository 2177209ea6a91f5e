import { z } from 'zod'
import { zInstant, zIsoDate, zLang, zOperator, zSeq, zSha256 } from '../value.ts'

export const REPORTS = ['blocklist', 'inflow', 'grey-clocks', 'appeals'] as const

const zPeriod = z.object({ from: zIsoDate, to: zIsoDate })

const zFigures = z.object({
  total: z.number().int(),
  groups: z.array(z.object({ key: z.string(), count: z.number().int() })),
})

export const EXPORT_CALLS = {
  /** Block list of an operator: CSV and manifest into a folder. `list` other than black is of a later version. */
  'operator-file': {
    input: z.object({
      job: z.string().optional(),
      operator: zOperator,
      list: z.enum(['black', 'grey', 'exceptions']),
      since: zSeq.nullable(),
      /** Token of the folder. */
      target: z.string(),
    }),
    output: z.object({
      operator: zOperator,
      list: z.string(),
      kind: z.enum(['full', 'delta']),
      base: zSeq.nullable(),
      seq: zSeq,
      rows: z.number().int(),
      files: z.array(z.object({ name: z.string(), sha256: zSha256, rows: z.number().int() })),
    }),
  },
  /** Figures only, for the preview. */
  'report-figures': {
    input: zPeriod.extend({ report: z.string(), by: z.string().nullable(), asOfSeq: zSeq.nullable() }),
    output: z.object({
      report: z.string(),
      asOf: z.object({ seq: zSeq, at: zInstant.nullable(), policy: z.number().int() }),
      by: z.string(),
      groupings: z.array(z.string()),
      figures: zFigures,
    }),
  },
  report: {
    input: zPeriod.extend({
      job: z.string().optional(),
      report: z.string(),
      by: z.string().nullable(),
      asOfSeq: zSeq.nullable(),
      format: z.enum(['xlsx', 'pdf', 'csv']),
      language: zLang,
      /** Token of the target file. */
      target: z.string(),
    }),
    output: z.object({
      report: z.string(),
      asOf: z.object({ seq: zSeq, at: zInstant.nullable(), policy: z.number().int() }),
      seq: zSeq,
      figures: zFigures,
      file: z.string(),
      sha256: zSha256,
      /** SHA-256 of content, sequence number and query, as printed in the file. */
      fingerprint: zSha256,
    }),
  },
} as const

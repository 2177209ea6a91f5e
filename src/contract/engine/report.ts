import { z } from 'zod'
import { zInstant, zIsoDate, zLang, zSeq, zSha256 } from '../value.ts'

/** The catalogue; groupings, filters and measures of each are in `report-catalogue`. */
export const REPORTS = [
  'blocklist',
  'grey-clocks',
  'inflow',
  'lists',
  'appeals',
  'declarations',
  'policies',
  'fees',
] as const

const zPeriod = z.object({ from: zIsoDate, to: zIsoDate })

/** Kept values of a field; a field that is not named is not filtered. */
export const zFilters = z.record(z.string(), z.array(z.string().max(200)).min(1).max(1000))

/** A question as officers keep and share it. */
export const zReportQuery = zPeriod.extend({
  report: z.string().max(40),
  /** Null: the report's first grouping. */
  by: z.string().max(40).nullable(),
  filters: zFilters.default({}),
  /** The earlier period the first measure is held against. */
  compareTo: zPeriod.nullable().default(null),
})
export type ReportQueryDoc = z.infer<typeof zReportQuery>

const zAsked = zReportQuery.extend({ asOfSeq: zSeq.nullable() })

const zFigures = z.object({
  total: z.number(),
  groups: z.array(z.object({ key: z.string(), count: z.number() })),
})

/** All measures of a report, `figures` being the first of them. */
export const zReportTable = z.object({
  measures: z.array(z.object({ name: z.string(), label: z.string(), decimals: z.number().int() })),
  /** Null: adding up would mean nothing. */
  totals: z.array(z.number().nullable()),
  rows: z.array(z.object({ key: z.string(), label: z.string(), values: z.array(z.number()) })),
})

const zAsOf = z.object({ seq: zSeq, at: zInstant.nullable(), policy: z.number().int() })

const zSigner = z.object({ officer: z.string(), desk: z.string() })

export const REPORT_CALLS = {
  'report-catalogue': {
    input: z.object({}),
    output: z.array(
      z.object({
        report: z.string(),
        groupings: z.array(z.string()),
        filters: z.array(z.string()),
        measures: z.array(z.string()),
        /** Whether the IMEIs behind the figures can be written out. */
        rows: z.boolean(),
      }),
    ),
  },
  /** Figures only, for the preview. Labels come in the language asked for. */
  'report-figures': {
    input: zAsked.extend({ language: zLang.default('en') }),
    output: z.object({
      report: z.string(),
      asOf: zAsOf,
      by: z.string(),
      groupings: z.array(z.string()),
      figures: zFigures,
      table: zReportTable,
    }),
  },
  report: {
    input: zAsked.extend({
      job: z.string().optional(),
      format: z.enum(['xlsx', 'pdf', 'csv']),
      language: zLang,
      /** Adds the IMEIs behind the figures (xlsx, csv). */
      rows: z.boolean().default(false),
      separator: z.enum([',', ';', '\t']).default(','),
      /** Token of the target file. */
      target: z.string(),
    }),
    output: z.object({
      report: z.string(),
      asOf: zAsOf,
      seq: zSeq,
      figures: zFigures,
      table: zReportTable,
      file: z.string(),
      sha256: zSha256,
      /** SHA-256 of content, sequence number, query and signer, as printed in the file. */
      fingerprint: zSha256,
    }),
  },
  /** Whether a report is genuine and unchanged, and what differs. */
  'verify-report': {
    input: z.object({ job: z.string().optional(), target: z.string() }),
    output: z.object({
      genuine: z.boolean(),
      /** What the file says of itself; null when it is no report. */
      report: z.string().nullable(),
      asOf: zInstant.nullable(),
      seq: zSeq.nullable(),
      signer: zSigner.nullable(),
      fingerprint: z.string().nullable(),
      /** Of the signature: `own` desk, `enrolled`: a desk the registry knows, `refused` by it, `unchecked` without it, `wrong`; `none` in the file. */
      signature: z.enum(['own', 'enrolled', 'refused', 'unchecked', 'wrong', 'none']),
      /** Every cell is as it was written. */
      unchanged: z.boolean(),
      /** Against the same question asked again here; null where this desk cannot ask it (as of a later number). */
      sameFigures: z.boolean().nullable(),
      differences: z.array(z.object({ place: z.string(), written: z.string(), found: z.string() })),
    }),
  },
} as const

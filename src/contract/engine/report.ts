import { z } from 'zod'
import { zInstant, zIsoDate, zLang, zSeq, zSha256, zUuid } from '../value.ts'

/** The catalogue; groupings, filters and measures of each are in `report-catalogue`. */
export const REPORTS = [
  'blocklist',
  'grey-clocks',
  'inflow',
  'lists',
  'appeals',
  'decision-times',
  'declarations',
  'policies',
  'fees',
  'operators',
  'violations',
  'notices',
  'duplicates',
  'clones',
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

const zSavedReport = z.object({
  id: zUuid,
  name: z.string(),
  query: zReportQuery,
  /** Officer who keeps or shares it. */
  by: z.string(),
  at: zInstant,
  shared: z.boolean(),
})

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
  /** The same question to the registry's own summary: lists by reason, month or clock, without filters and comparison. */
  'registry-figures': {
    input: zAsked,
    output: z.object({ seq: zSeq, figures: zFigures, /** This desk has the same. */ agrees: z.boolean() }),
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
  'saved-reports': { input: z.object({}), output: z.array(zSavedReport) },
  'save-report': {
    input: z.object({
      id: zUuid.optional(),
      name: z.string().trim().min(1).max(100),
      query: zReportQuery,
      shared: z.boolean(),
    }),
    output: z.object({ id: zUuid, state: z.enum(['saved', 'shared', 'queued']) }),
  },
  'drop-report': { input: z.object({ id: zUuid }), output: z.object({ state: z.enum(['dropped', 'queued']) }) },
  /** What a supervisor sees first: lists over time, deadlines ahead, backlog, operators behind. */
  dashboard: {
    input: z.object({ days: z.number().int().min(7).max(400) }),
    output: z.object({
      asOf: zAsOf,
      /** IMEIs on each list at the end of each day, oldest first. */
      lists: z.array(z.object({ day: zIsoDate, white: z.number(), grey: z.number(), black: z.number() })),
      /** Grey deadlines: overdue (day before today) and each of the next days. */
      deadlines: z.object({ overdue: z.number(), days: z.array(z.object({ day: zIsoDate, count: z.number() })) }),
      /** Open appeals: by state, and how many are past or near their last day. */
      backlog: z.object({
        open: z.number(),
        overdue: z.number(),
        dueSoon: z.number(),
        states: z.array(z.object({ state: z.string(), count: z.number() })),
        /** Received and decided on each day, oldest first. */
        flow: z.array(z.object({ day: zIsoDate, received: z.number(), decided: z.number() })),
      }),
      operators: z.array(
        z.object({
          operator: z.string(),
          /** Number the operator's last sent file stood at; null: none was sent. */
          sent: zSeq.nullable(),
          /** Number the operator has confirmed; null: no receipt yet. */
          confirmed: zSeq.nullable(),
          missing: z.number(),
          violations: z.number(),
        }),
      ),
    }),
  },
} as const

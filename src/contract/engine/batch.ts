import { z } from 'zod'
import { BATCH_FIELDS } from '../../domain/checks/batchField.ts'
import { zFixSteps } from '../fixStep.ts'
import {
  zBatchKind,
  zBatchState,
  zEffect,
  zImei14,
  zImportKind,
  zInstant,
  zIsoDate,
  zList,
  zListing,
  zRowCounts,
  zSeq,
  zSha256,
  zSource,
  zUuid,
} from '../value.ts'

export const zBatchField = z.enum(BATCH_FIELDS)
export type BatchField = z.infer<typeof zBatchField>

/** Field → 0-based column. */
export const zMapping = z.partialRecord(zBatchField, z.number().int().nonnegative())
export type Mapping = z.infer<typeof zMapping>

/** Announced, never silently taken or skipped: hidden sheets, rows and columns, ragged rows, formulas without a result. */
const zNotice = z.object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) })

export const zInspected = z.object({
  file: z.object({ name: z.string(), bytes: z.number().int(), sha256: zSha256, format: z.string() }),
  encoding: z.object({ name: z.string(), sure: z.number(), choices: z.array(z.string()) }).nullable(),
  /** Text files: what parts the cells. */
  delimiter: z.enum([',', ';', '\t', '|']).nullable().default(null),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  sheet: z.string(),
  /** Header found: 1-based row, how sure (0-1), and how many rows it spans. */
  header: z.object({ row: z.number().int(), rows: z.number().int(), sure: z.number() }),
  kind: zImportKind.nullable(),
  columns: z.array(
    z.object({
      column: z.number().int(),
      header: z.string(),
      samples: z.array(z.string()),
      field: zBatchField.nullable(),
      sure: z.number(),
      /** How it was recognised: by name, by content, by the sender's profile. */
      by: z.enum(['name', 'content', 'profile', 'none']),
    }),
  ),
  /** First rows as the file shows them, title rows included, for choosing the header. */
  head: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
  missing: z.array(zBatchField),
  notices: z.array(zNotice),
  /** How files of this sender with these headers were read before. */
  profile: z
    .object({
      name: z.string(),
      version: z.number().int(),
      source: zSource.nullable().default(null),
      steps: zFixSteps.default([]),
    })
    .nullable(),
})
export type Inspected = z.infer<typeof zInspected>

export const zStaged = z.object({
  batch: zUuid,
  state: zBatchState,
  kind: zImportKind,
  source: zSource,
  file: z.string(),
  counts: zRowCounts,
  effect: zEffect,
  /** Sequence number the effect was computed on. */
  basedOnSeq: zSeq,
  needsSignature: z.boolean(),
  /** Guards of the file that refuse the commit until accepted by code. */
  guards: z.array(z.object({ code: z.string(), details: z.record(z.string(), z.union([z.string(), z.number()])) })),
  notices: z.array(zNotice).default([]),
  /** Set when the registry found other moves into or out of black than were reviewed: the effect of before, and what is different. */
  changed: z
    .object({
      effect: zEffect,
      basedOnSeq: zSeq,
      total: z.number().int(),
      imeis: z.array(z.object({ imei14: zImei14, was: zList.nullable(), now: zList.nullable() })),
    })
    .nullable()
    .default(null),
  /** Corrections of cells, in the order they are done. */
  steps: zFixSteps.default([]),
  letter: z.string().default(''),
  /** Date of the covering letter. */
  letterDate: zIsoDate.nullable().default(null),
  seconds: z.object({ parse: z.number(), stage: z.number(), commit: z.number() }),
})
export type Staged = z.infer<typeof zStaged>

export const zRowProblem = z.object({
  row: z.number().int(),
  sheet: z.string(),
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  field: zBatchField.nullable(),
  column: z.string(),
  value: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const zBatch = z.object({
  batch: zUuid,
  no: z.number().int().nullable(),
  kind: zBatchKind,
  source: zSource,
  state: zBatchState,
  letter: z.string(),
  file: z.string(),
  counts: zRowCounts,
  effect: zEffect,
  by: z.string(),
  signedBy: z.array(z.string()),
  letterDate: zIsoDate.nullable().default(null),
  /** Corrections that were made before its rows counted. */
  steps: zFixSteps.default([]),
  seq: zSeq.nullable(),
  at: zInstant,
  undo: z.object({ reason: z.string(), by: z.string(), pending: z.boolean() }).nullable(),
})
export type Batch = z.infer<typeof zBatch>

export const zDelimiter = z.enum([',', ';', '\t', '|'])
export type Delimiter = z.infer<typeof zDelimiter>

/** Moves of an effect that can be listed one by one. */
export const zMoveName = z.enum(['toWhite', 'toGrey', 'toBlack', 'toNone', 'leaveBlack', 'underAppeal', 'whiteToBlack'])
export type MoveName = z.infer<typeof zMoveName>

const zFile = z.object({ token: z.string(), password: z.string().optional() })

export const BATCH_CALLS = {
  /** Reads the head of a file: what it is, where its header is, what its columns mean. */
  'inspect-file': {
    input: zFile.extend({
      kind: zImportKind.optional(),
      sheet: z.string().optional(),
      headerRow: z.number().int().optional(),
      encoding: z.string().optional(),
      delimiter: zDelimiter.optional(),
    }),
    output: zInspected,
  },
  /** Parses, checks and stages every row and computes the effect; runs as a job under the id given. */
  'stage-batch': {
    input: zFile.extend({
      job: z.string(),
      kind: zImportKind,
      sheet: z.string().optional(),
      headerRow: z.number().int().optional(),
      /** Absent: as recognised. */
      mapping: zMapping.optional(),
      /** Field=header pairs of the command line, over what was recognised. */
      mappingByHeader: z.record(z.string(), z.string()).optional(),
      encoding: z.string().optional(),
      source: zSource.optional(),
      letter: z.string().default(''),
      letterDate: zIsoDate.nullable().default(null),
      /** Corrections done before the rows are judged: those of the sender's earlier files, as offered. */
      steps: zFixSteps.default([]),
      delimiter: zDelimiter.optional(),
      full: z.boolean().default(false),
      profile: z.string().optional(),
    }),
    output: zStaged,
  },
  'staged-batches': { input: z.object({}), output: z.array(zStaged) },
  /** Rows with problems, by row number; `code` narrows. */
  'staged-problems': {
    input: z.object({
      batch: zUuid,
      code: z.string().nullable(),
      afterRow: z.number().int(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.object({ rows: z.array(zRowProblem) }),
  },
  /** IMEIs that would move, 100 at a time; `move` narrows to one count of the effect. */
  'staged-moves': {
    input: z.object({
      batch: zUuid,
      move: zMoveName.nullable(),
      after: zImei14.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.object({
      moves: z.array(z.object({ imei14: zImei14, before: zListing, after: zListing, appeal: z.string().nullable() })),
    }),
  },
  /** Rejected rows as XLSX in the sender's own layout, the reason beside each row. */
  'export-rejects': {
    input: z.object({ batch: zUuid, target: z.string() }),
    output: z.object({ file: z.string(), rows: z.number().int(), sha256: zSha256 }),
  },
  /** Freezes what was staged by its hash and puts the command into the outbox, one transaction; waits for the registry when online. */
  'commit-batch': {
    input: z.object({ batch: zUuid, accept: z.array(z.string()).default([]), job: z.string().optional() }),
    output: zStaged,
  },
  'discard-batch': { input: z.object({ batch: zUuid }), output: z.object({}) },
  batches: {
    input: z.object({ before: zSeq.nullable(), limit: z.number().int().min(1).max(500) }),
    output: z.array(zBatch),
  },
  batch: { input: z.object({ batch: z.string() }), output: zBatch },
  'undo-effect': {
    input: z.object({ batch: z.string() }),
    output: z.object({
      batch: zUuid,
      effect: zEffect,
      basedOnSeq: zSeq,
      needsSignature: z.boolean(),
      /** Later human decisions and runs that relied on these facts: they stay, and are named for review. */
      reliedOn: z.array(z.object({ type: z.string(), id: z.string(), date: zIsoDate })),
    }),
  },
  'undo-batch': {
    input: z.object({ batch: z.string(), reason: z.string().min(1).max(1000) }),
    output: z.object({ batch: zUuid, undone: z.boolean(), state: zBatchState, effect: zEffect }),
  },
  /** Second signature of a batch, an undo or an appeal, told apart by the id. */
  sign: {
    input: z.object({
      id: z.string(),
      agrees: z.boolean().default(true),
      note: z.string().default(''),
      /** After `effect-changed`: signs the effect of now, by its `anew`. */
      reviewed: zSha256.optional(),
    }),
    output: z.object({ id: z.string(), state: z.string(), pending: z.boolean() }),
  },
} as const

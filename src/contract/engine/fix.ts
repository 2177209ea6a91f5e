import { z } from 'zod'
import { BATCH_FIELDS } from '../../domain/checks/batchField.ts'
import { CELL_RULES } from '../../domain/fix/fixStep.ts'
import { zFixStep } from '../fixStep.ts'
import { zUuid } from '../value.ts'
import { zStaged } from './batch.ts'

const zField = z.enum(BATCH_FIELDS)
const count = z.number().int().nonnegative()
const details = z.record(z.string(), z.union([z.string(), z.number()]))

/** Problems of one kind in one column, and which rules would change how many of the cells looked at. */
const zFixGroup = z.object({
  code: z.string(),
  field: zField.nullable(),
  column: z.string(),
  severity: z.enum(['error', 'warning']),
  rows: count,
  /** Rules that change at least one of these cells, of the first `looked` of them. */
  offers: z.array(z.object({ rule: z.enum(CELL_RULES), cells: count })),
  looked: count,
})
export type FixGroup = z.infer<typeof zFixGroup>

const zFixRow = z.object({
  row: z.number().int(),
  rejected: z.boolean(),
  /** As judged, corrections done. */
  cells: z.array(z.string()),
  /** What the sender wrote in the cells that corrections changed, by column. */
  originals: z.record(z.string(), z.string()),
  problems: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning']),
      column: z.number().int().nullable(),
      value: z.string(),
      details,
    }),
  ),
})
export type FixRowShown = z.infer<typeof zFixRow>

const zFixPreview = z.object({
  cells: count,
  rows: count,
  /** The first ones. */
  samples: z.array(
    z.object({
      row: z.number().int(),
      column: z.number().int(),
      header: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  seconds: z.number(),
})
export type FixPreview = z.infer<typeof zFixPreview>

/** Correcting a staged file: every act is a step of a list that can be undone; the rows are judged again after each. */
export const FIX_CALLS = {
  /** Errors and warnings grouped by kind and column: errors before warnings, the most frequent first. */
  'fix-groups': { input: z.object({ batch: zUuid }), output: z.object({ groups: z.array(zFixGroup) }) },
  /** Rows with problems, with all their cells, by place among them; `code` and `field` narrow. */
  'fix-rows': {
    input: z.object({
      batch: zUuid,
      code: z.string().nullable().default(null),
      field: zField.nullable().default(null),
      offset: count,
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({
      total: count,
      columns: z.array(z.object({ column: z.number().int(), header: z.string(), field: zField.nullable() })),
      rows: z.array(zFixRow),
    }),
  },
  /** Spellings that most likely mean the same, by field, with the IMEIs (or type codes) they stand for. */
  'fix-clusters': {
    input: z.object({ batch: zUuid }),
    output: z.object({
      fields: z.array(
        z.object({
          field: zField,
          clusters: z.array(
            z.object({ to: z.string(), spellings: z.array(z.object({ text: z.string(), rows: count })) }),
          ),
        }),
      ),
    }),
  },
  /** What a step would change in the file as it stands; runs as a job. */
  'fix-preview': { input: z.object({ batch: zUuid, step: zFixStep, job: z.string() }), output: zFixPreview },
  /** Adds steps, judges the file again and computes the effect anew; runs as a job, leaves everything as it was when cancelled. */
  'fix-apply': {
    input: z.object({ batch: zUuid, steps: z.array(zFixStep).min(1).max(50), job: z.string() }),
    output: zStaged,
  },
  /** Takes one step back, or it and all after it. */
  'fix-undo': {
    input: z.object({ batch: zUuid, step: zUuid, andLater: z.boolean().default(false), job: z.string() }),
    output: zStaged,
  },
} as const

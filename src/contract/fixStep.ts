import { z } from 'zod'
import { BATCH_FIELDS } from '../domain/checks/batchField.ts'
import { CELL_RULES, LONGEST_TEXT, MOST_CELLS, MOST_SPELLINGS, MOST_STEPS } from '../domain/fix/fixStep.ts'

const zField = z.enum(BATCH_FIELDS)
const zText = z.string().max(LONGEST_TEXT)
const id = z.uuid()

/** One step of correcting a file, as it is kept with the batch and travels with it. Meaning: src/domain/fix. */
export const zFixStep = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.enum(CELL_RULES), field: zField }),
  z.object({
    id,
    kind: z.literal('merge'),
    field: zField,
    from: z.array(zText).min(1).max(MOST_SPELLINGS).readonly(),
    to: zText,
  }),
  z.object({
    id,
    kind: z.literal('edit'),
    cells: z
      .array(z.object({ row: z.number().int().positive(), column: z.number().int().nonnegative(), text: zText }))
      .min(1)
      .max(MOST_CELLS)
      .readonly(),
  }),
])
export const zFixSteps = z.array(zFixStep).max(MOST_STEPS).readonly()

import { z } from 'zod'
import { zLang, zUuid } from '../value.ts'
import { zMoveName } from './batch.ts'

const count = z.number().int().nonnegative()

/** What an effect does beyond its counts, and what goes back to the sender. */
export const BATCH_EFFECT_CALLS = {
  /** White devices that would turn black, and the largest importers or sources of what the batch brings, in IMEIs. */
  'staged-effect': {
    input: z.object({ batch: zUuid }),
    output: z.object({
      whiteToBlack: count,
      /** What the largest are counted by: the column that names who the devices come from; null where the file has none. */
      by: z.enum(['importer', 'country', 'brand', 'report', 'network', 'point']).nullable(),
      largest: z.array(z.object({ name: z.string(), id: z.string(), imeis: count })),
      /** IMEIs whose document names nobody. */
      unnamed: count,
    }),
  },
  /** IMEIs that would move as a workbook: what they are, what they would become, the appeal about them; runs as a job. */
  'export-moves': {
    input: z.object({ batch: zUuid, move: zMoveName.nullable(), target: z.string(), language: zLang, job: z.string() }),
    output: z.object({ file: z.string(), rows: count, sha256: z.string() }),
  },
  /** What changed in the moves into or out of black since the officer reviewed them; null where nothing did. */
  /** A reply to the sender: a letter in Kazakh and Russian (PDF) and the rejected rows in his own layout (XLSX), into a folder. */
  'reply-to-sender': {
    input: z.object({ batch: zUuid, folder: z.string() }),
    output: z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })), rows: count }),
  },
} as const

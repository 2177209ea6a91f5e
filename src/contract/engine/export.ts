import { z } from 'zod'
import { zOperator, zSeq, zSha256 } from '../value.ts'

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
} as const

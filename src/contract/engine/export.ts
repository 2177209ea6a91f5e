import { z } from 'zod'
import { zOperator, zSeq, zSha256 } from '../value.ts'
import { zArchive } from './operatorList.ts'

export const EXPORT_CALLS = {
  /** A list for an operator into a folder, whole or as the change since a sequence number: CSV, manifest, and both in an archive. */
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
      /** Of a change: entries that came, went, are another now; of a full list all came. */
      blocked: z.number().int(),
      unblocked: z.number().int(),
      changed: z.number().int(),
      /** List and manifest in one. */
      archive: zArchive,
      /** The registry has noted and signed it; null: it could not be reached, the note waits to be sent. */
      signature: z.object({ key: z.string(), value: z.string() }).nullable(),
    }),
  },
} as const

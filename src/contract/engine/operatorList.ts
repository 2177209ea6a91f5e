import { z } from 'zod'
import { FILE_LISTS } from '../../domain/operatorFile.ts'
import { zFileHead, zOperatorTemplate } from '../registry/operatorFiles.ts'
import { zImei14, zInstant, zIsoDate, zOperator, zSeq, zSha256 } from '../value.ts'

const count = z.number().int()

export const zIssuedFile = zFileHead.extend({
  no: count,
  by: z.string(),
  at: zInstant,
  /** Its latest receipt. */
  receipt: z.object({ applied: count, refused: count, missing: count, strange: count, at: zInstant }).nullable(),
})
export type IssuedFile = z.infer<typeof zIssuedFile>

export const zReceiptDone = z.object({
  operator: zOperator,
  file: z.string(),
  list: z.enum(FILE_LISTS),
  seq: zSeq,
  applied: count,
  refused: count,
  missing: count,
  strange: count,
  state: z.enum(['recorded', 'queued']),
})

export const OPERATOR_CALLS = {
  /** Files made for operators, the latest first. */
  'operator-files': {
    input: z.object({
      operator: zOperator.nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.array(zIssuedFile),
  },
  /** Reads an operator's receipt (token of the file) and holds it against what was sent. */
  receipt: { input: z.object({ job: z.string().optional(), source: z.string() }), output: zReceiptDone },
  /** IMEIs of a file's latest receipt by state, ascending. `file`: its number. */
  'receipt-imeis': {
    input: z.object({
      file: count,
      state: z.enum(['refused', 'missing', 'strange']),
      after: zImei14.nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.array(z.object({ imei14: zImei14, code: z.string() })),
  },
  'operator-templates': {
    input: z.object({}),
    output: z.array(z.object({ operator: zOperator, template: zOperatorTemplate, own: z.boolean() })),
  },
  'set-operator-template': {
    input: z.object({ operator: zOperator, template: zOperatorTemplate }),
    output: z.object({ operator: zOperator, state: z.enum(['done', 'queued']) }),
  },
  /** A new token for an operator who pulls his files; told once. `open` false takes the access away. */
  'grant-operator': {
    input: z.object({ operator: zOperator, open: z.boolean().default(true) }),
    output: z.object({ operator: zOperator, token: z.string().nullable(), state: z.enum(['done', 'queued']) }),
  },
  /** Blocked IMEIs still seen, those with most days first. */
  violations: {
    input: z.object({
      operator: zOperator.nullable().default(null),
      limit: z.number().int().min(1).max(10_000).default(1000),
    }),
    output: z.object({
      total: count,
      rows: z.array(
        z.object({
          imei14: zImei14,
          operator: zOperator,
          since: zIsoDate,
          firstDay: zIsoDate,
          lastDay: zIsoDate,
          days: count,
        }),
      ),
    }),
  },
} as const

/** Archive of an operator's file: the list and its manifest. */
export const zArchive = z.object({ name: z.string(), sha256: zSha256, bytes: count })

import { z } from 'zod'
import { FILE_FIELDS, FILE_LISTS } from '../../domain/operatorFile.ts'
import { zInstant, zIsoDate, zOperator, zSeq, zSha256, zUuid } from '../value.ts'

const count = z.number().int().nonnegative()
const zImeiKey = z.number().int().positive()
/** Refused, missing and strange IMEIs of a receipt that are named; all of them are counted. */
export const NAMED_IN_RECEIPT = 10_000

const zColumns = z
  .array(z.object({ field: z.enum(FILE_FIELDS), header: z.string().min(1).max(60) }))
  .min(1)
  .max(20)
export const zOperatorTemplate = z.object({
  columns: z.object({ black: zColumns, grey: zColumns, exceptions: zColumns }),
  digits: z.union([z.literal(14), z.literal(15)]),
  delimiter: z.enum([',', ';', '\t', '|']),
  encoding: z.enum(['utf-8', 'utf-16le', 'windows-1251']),
  bom: z.boolean(),
  lineEnd: z.enum(['lf', 'crlf']),
  header: z.boolean(),
  codes: z.record(z.string(), z.string().max(60)),
})

/** A file for an operator, as it was made. */
export const zFileHead = z.object({
  file: zUuid,
  operator: zOperator,
  list: z.enum(FILE_LISTS),
  kind: z.enum(['full', 'delta']),
  base: zSeq.nullable(),
  seq: zSeq,
  rows: count,
  blocked: count,
  unblocked: count,
  changed: count,
  /** Without ending. */
  name: z.string().max(100),
  /** Of the list's CSV. */
  sha256: zSha256,
})

const zReceipt = z.object({
  receipt: zUuid,
  file: zUuid,
  operator: zOperator,
  applied: count,
  refused: count,
  missing: count,
  strange: count,
  refusedImeis: z.array(z.object({ imei14: zImeiKey, code: z.string().max(200) })).max(NAMED_IN_RECEIPT),
  missingImeis: z.array(zImeiKey).max(NAMED_IN_RECEIPT),
  strangeImeis: z.array(zImeiKey).max(NAMED_IN_RECEIPT),
})

/** What is signed of an operator's file: the SHA-256 of its manifest's text without the signature. */
export const manifestText = (sha256: string): string => `operator-file\n${sha256}`

const zAct = { by: z.string(), command: z.string() }

export const OPERATOR_COMMANDS = {
  /** `manifest`: SHA-256 of the manifest's text; the answer is the registry's signature over it. */
  'issue-operator-file': zFileHead.extend({ manifest: zSha256 }),
  'record-receipt': zReceipt,
  'set-operator-template': z.object({ operator: zOperator, template: zOperatorTemplate }),
  /** Access of an operator who pulls his files: the registry knows only the hash of the token; null takes it away. */
  'grant-operator': z.object({ operator: zOperator, token: zSha256.nullable() }),
} as const

export const OPERATOR_RESULTS = {
  'issue-operator-file': z.object({ file: zUuid, no: z.number().int(), key: z.string(), signature: z.string() }),
  'record-receipt': z.object({ receipt: zUuid, no: z.number().int() }),
  'set-operator-template': z.object({ operator: zOperator }),
  'grant-operator': z.object({ operator: zOperator }),
} as const

export const OPERATOR_EVENTS = {
  'operator-file-issued': zFileHead.extend({ no: z.number().int(), at: zInstant, ...zAct }),
  'receipt-recorded': zReceipt.extend({ no: z.number().int(), fileNo: z.number().int(), at: zInstant, ...zAct }),
  'operator-template-set': z.object({ operator: zOperator, template: zOperatorTemplate, ...zAct }),
  'operator-granted': z.object({ operator: zOperator, open: z.boolean(), ...zAct }),
  /** Blocked IMEIs seen in an operator's network after the days it has to block; each entry is the whole count so far. */
  'violations-found': z.object({
    operator: zOperator,
    found: z
      .array(z.object({ imei14: zImeiKey, since: zIsoDate, firstDay: zIsoDate, lastDay: zIsoDate, days: count }))
      .max(20_000),
  }),
} as const

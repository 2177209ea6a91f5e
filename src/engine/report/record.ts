import { z } from 'zod'
import { zReportQuery } from '../../contract/engine/report.ts'
import { zInstant, zLang, zSeq } from '../../contract/value.ts'

/** What a file says of itself for machines: the question in full, who signed, in which language it is written. */
export const zReportRecord = zReportQuery.extend({
  by: z.string().max(40),
  seq: zSeq,
  at: zInstant.nullable(),
  policy: z.number().int(),
  language: zLang,
  officer: z.string(),
  desk: z.string(),
  publicKey: z.string(),
})
export type ReportRecord = z.infer<typeof zReportRecord>

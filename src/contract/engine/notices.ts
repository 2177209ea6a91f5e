import { z } from 'zod'
import { zInstant, zIsoDate, zOperator, zSha256, zUuid } from '../value.ts'

const count = z.number().int()

export const zNoticeIssue = z.object({
  no: count,
  issue: zUuid,
  operator: zOperator,
  day: zIsoDate,
  first: count,
  reminder: count,
  last: count,
  rows: count,
  delivered: count,
  failed: count,
  by: z.string(),
  at: zInstant,
})
export type NoticeIssue = z.infer<typeof zNoticeIssue>

export const NOTICE_CALLS = {
  /** Lists of warnings that were issued, the latest first. */
  'notice-issues': { input: z.object({}), output: z.array(zNoticeIssue) },
  /** Grey IMEIs by what is due to them today, as the mirror knows it. */
  'notices-due': {
    input: z.object({}),
    output: z.object({ first: count, reminder: count, last: count, overdue: count }),
  },
  /** Has the registry issue what is due to an operator's subscribers and writes it into a folder (token): number, IMEI, text in kk and ru. */
  'issue-notices': {
    input: z.object({ job: z.string().optional(), operator: zOperator, target: z.string() }),
    output: z.object({
      /** Null: nothing was due. */
      issue: zUuid.nullable(),
      no: count,
      operator: zOperator,
      day: zIsoDate,
      first: count,
      reminder: count,
      last: count,
      rows: count,
      file: z.object({ name: z.string(), sha256: zSha256 }).nullable(),
    }),
  },
  /** Reads what an operator says became of them (token of the file). */
  'record-delivery': {
    input: z.object({ job: z.string().optional(), issue: z.string(), source: z.string() }),
    output: z.object({ no: count, delivered: count, failed: count, strange: count }),
  },
} as const

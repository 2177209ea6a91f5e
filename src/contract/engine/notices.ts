import { z } from 'zod'
import { NOTICE_STAGES } from '../../domain/notice.ts'
import { zWarned } from '../registry/notices.ts'
import { zImei14, zInstant, zIsoDate, zOperator, zSha256, zUuid } from '../value.ts'

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
  /** Only whom this filter of the grey list let through; null: everybody. */
  where: zWarned.nullable(),
})
export type NoticeIssue = z.infer<typeof zNoticeIssue>

const where = zWarned.nullable().default(null)

export const NOTICE_CALLS = {
  /** Lists of warnings that were issued, the latest first. */
  'notice-issues': { input: z.object({}), output: z.array(zNoticeIssue) },
  /** Grey IMEIs by what is due to them today, as the mirror knows it; of those a filter lets through. */
  'notices-due': {
    input: z.object({ where }),
    output: z.object({ first: count, reminder: count, last: count, overdue: count }),
  },
  /** The IMEIs a warning is due to today, by IMEI, those after one; `next` is what to go on after, null at the end. */
  'notices-due-page': {
    input: z.object({
      where,
      stage: z.enum(NOTICE_STAGES).nullable().default(null),
      after: zImei14.nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
    output: z.object({
      rows: z.array(
        z.object({
          imei14: zImei14,
          stage: z.enum(NOTICE_STAGES),
          since: zIsoDate,
          deadline: zIsoDate,
          operator: zOperator.nullable(),
        }),
      ),
      next: zImei14.nullable(),
    }),
  },
  /** Has the registry issue what is due to an operator's subscribers and writes it into a folder (token): number, IMEI, text in kk and ru. */
  'issue-notices': {
    input: z.object({ job: z.string().optional(), operator: zOperator, where, target: z.string() }),
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

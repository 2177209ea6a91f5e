import { z } from 'zod'
import { NOTICE_STAGES } from '../../domain/notice.ts'
import { zGridFilter } from '../gridFilter.ts'
import { zImei14, zInstant, zIsoDate, zOperator, zUuid } from '../value.ts'

const zImeiKey = z.number().int().positive()
const count = z.number().int().nonnegative()
/** IMEIs that one event or command of warnings names. */
export const NAMED_IN_NOTICES = 20_000

/** Whom a filter of the grey list lets through: the query goes to the registry, not its rows. */
export const zWarned = zGridFilter.extend({ list: z.literal('grey') })

const zIssue = z.object({
  issue: zUuid,
  no: z.number().int(),
  operator: zOperator,
  day: zIsoDate,
  first: count,
  reminder: count,
  last: count,
})

export const NOTICE_COMMANDS = {
  /** The registry gathers what is due for subscribers of an operator, with `where` only of those it lets through; each stage of an IMEI once. */
  'issue-notices': z.object({ issue: zUuid, operator: zOperator, where: zWarned.optional() }),
  /** What an operator said of some of them. */
  'record-delivery': z.object({
    issue: zUuid,
    delivered: z.array(zImeiKey).max(NAMED_IN_NOTICES),
    failed: z.array(zImeiKey).max(NAMED_IN_NOTICES),
  }),
} as const

export const NOTICE_RESULTS = {
  'issue-notices': zIssue.extend({ rows: count }),
  'record-delivery': z.object({ issue: zUuid, delivered: count, failed: count, strange: count }),
} as const

const zImeis = z.array(zImeiKey).max(NAMED_IN_NOTICES)
export const NOTICE_EVENTS = {
  /** In parts; the counts are those of the whole issue. Who was warned is told, never under which number. */
  'notices-issued': zIssue.extend({
    where: zWarned.optional(),
    part: z.number().int(),
    imeis: z.object({ first: zImeis, reminder: zImeis, last: zImeis }),
    at: zInstant,
    by: z.string(),
    command: z.string(),
  }),
  'notices-delivered': z.object({
    issue: zUuid,
    no: z.number().int(),
    delivered: zImeis,
    failed: zImeis,
    by: z.string(),
    command: z.string(),
  }),
} as const

/** GET /v1/notices/{issue}?after&limit: who is to be warned under which number, by IMEI. For the operator's file alone. */
export const zNoticeRows = z.array(
  z.object({ imei14: zImei14, stage: z.enum(NOTICE_STAGES), deadline: zIsoDate, msisdn: z.string() }),
)

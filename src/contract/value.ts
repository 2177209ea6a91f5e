import { z } from 'zod'
import {
  APPEAL_STATES,
  APPEAL_STEPS,
  CLAIM_FIELDS,
  EVIDENCE_KINDS,
  FIELD_VERDICTS,
  REASON_CODES,
  ROUTES,
  SECOND_REASONS,
  VERDICTS,
} from '../domain/appeal.ts'
import { BATCH_KINDS, BATCH_STATES, IMPORT_KINDS } from '../domain/batch.ts'
import { LEVELS } from '../domain/checks/rule.ts'
import { OPERATORS, SOURCE_BODIES } from '../domain/fact.ts'
import { LISTING_REASONS, LISTS } from '../domain/listing.ts'
import { ROLES } from '../domain/officer.ts'
import { RULES } from '../domain/policy.ts'
import { PROBLEM_CODES } from '../domain/problem.ts'

/** Schemas of the values that several messages carry. Names and meaning: src/domain. */

export const zInstant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/)
export const zIsoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const zSeq = z.number().int().nonnegative()
export const zSha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const zUuid = z.uuid()
/** First 14 digits of an IMEI as text, leading zeros kept. */
export const zImei14 = z.string().regex(/^\d{14}$/)

export const zProblem = z.object({
  code: z.enum(PROBLEM_CODES),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const zSource = z.enum(SOURCE_BODIES)
export const zOperator = z.enum(OPERATORS)
export const zList = z.enum(LISTS)
export const zListingReason = z.enum(LISTING_REASONS)
export const zImportKind = z.enum(IMPORT_KINDS)
export const zBatchKind = z.enum(BATCH_KINDS)
export const zBatchState = z.enum(BATCH_STATES)
export const zRoute = z.enum(ROUTES)
export const zAppealState = z.enum(APPEAL_STATES)
export const zClaimField = z.enum(CLAIM_FIELDS)
export const zFieldVerdict = z.enum(FIELD_VERDICTS)
export const zFieldVerdicts = z.partialRecord(zClaimField, zFieldVerdict)
export const zVerdict = z.enum(VERDICTS)
export const zReasonCode = z.enum(REASON_CODES)
export const zRole = z.enum(ROLES)
export const zLang = z.enum(['kk', 'ru', 'en'])
export type Lang = z.infer<typeof zLang>

export const zOfficer = z.object({ id: z.string(), name: z.string(), role: zRole })

export const zListing = z.object({
  list: zList,
  reason: zListingReason.nullable(),
  since: zIsoDate.nullable(),
  deadline: zIsoDate.nullable(),
})

const count = z.number().int().nonnegative()
export const zEffect = z.object({
  toWhite: count,
  toGrey: count,
  toBlack: count,
  toNone: count,
  leaveBlack: count,
  unchanged: count,
  underAppeal: count,
})
export const zRowCounts = z.object({
  rows: count,
  accepted: count,
  rejected: count,
  duplicates: count,
  problems: z.record(z.string(), count),
  imeis: count,
})

export const zApplicantKey = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('iin'), iin: z.string() }),
  z.object({ kind: z.literal('passport'), number: z.string(), country: z.string() }),
])
export const zApplicant = z.object({ key: zApplicantKey, name: z.string(), language: zLang })
export const zClaim = z.object({
  imeis: z.array(z.string()).min(1).max(4),
  brand: z.string().optional(),
  model: z.string().optional(),
  exit: zIsoDate.optional(),
  purchase: zIsoDate.optional(),
  entry: zIsoDate.optional(),
  priceTenge: z.number().optional(),
  seller: z.string().optional(),
  receiptNo: z.string().optional(),
  crossingNo: z.string().optional(),
  declarationNo: z.string().optional(),
  trackingNo: z.string().optional(),
  note: z.string().optional(),
})
export const zEvidenceFile = z.object({
  file: z.string(),
  sha256: zSha256,
  bytes: count,
  type: z.string(),
  shows: z.enum(EVIDENCE_KINDS),
  /** How the picture looks (`lookText`), made by the registry; absent for what is no picture. */
  look: z
    .string()
    .regex(/^[0-9a-f]{160}$/)
    .optional(),
})
export const zLease = z.object({ officer: z.string(), desk: z.string(), until: zInstant, token: z.number().int() })
export const zSecondReason = z.enum(SECOND_REASONS)
export const zDecision = z.object({
  verdict: zVerdict,
  fields: zFieldVerdicts,
  reasons: z.array(zReasonCode),
  note: z.string(),
  internal: z.string().optional(),
  item: zClaimField.optional(),
  body: zSource.optional(),
  officer: z.string(),
  at: zInstant,
  because: z.array(zSecondReason).optional(),
})
export const zTimelineEntry = z.object({
  at: zInstant,
  what: z.enum(APPEAL_STEPS),
  officer: z.string().optional(),
  reasons: z.array(zReasonCode).optional(),
  note: z.string().optional(),
  internal: z.string().optional(),
  item: zClaimField.optional(),
  body: zSource.optional(),
  until: zIsoDate.optional(),
  noticeBy: zIsoDate.optional(),
  because: z.array(zSecondReason).optional(),
  to: z.string().optional(),
  letter: z.object({ no: z.string(), code: z.string() }).optional(),
  revokes: z.literal('approved').optional(),
})
export const zRevocation = z.object({
  by: z.string(),
  at: zInstant,
  reasons: z.array(zReasonCode),
  note: z.string(),
  internal: z.string().optional(),
})
export const zComplaint = z.object({ at: zInstant, text: z.string(), against: zAppealState })
export const zAppeal = z.object({
  id: z.string(),
  state: zAppealState,
  version: z.number().int(),
  route: zRoute,
  receivedAt: zInstant,
  dueAt: zIsoDate,
  applicant: zApplicant,
  claim: zClaim,
  evidence: z.array(zEvidenceFile),
  lease: zLease.nullable(),
  hearingAt: zIsoDate.nullable(),
  proposal: zDecision.nullable(),
  timeline: z.array(zTimelineEntry),
  complaint: zComplaint.nullable().optional(),
  assignedTo: z.string().nullable().optional(),
  notBy: z.array(z.string()).optional(),
  revocation: zRevocation.nullable().optional(),
})
export const zPolicy = z.object({
  version: z.number().int(),
  name: z.string(),
  validFrom: zIsoDate,
  signedBy: z.string(),
  legacyCutOff: zIsoDate,
  graceDays: count,
  earliestDeadline: zIsoDate,
  precedence: z.array(z.enum(RULES)),
  dateToleranceDays: count,
  guards: z.object({ badRowsShare: z.number(), fullListShare: z.number() }),
  secondSignatureOffGrey: count,
  appeal: z.object({
    workingDays: count,
    hearingNoticeWorkingDays: count,
    leaseMinutes: count,
    claimById: z.boolean(),
    /** Absent in policies of before these parameters. */
    rules: z
      .object({
        prolongMonths: count,
        noticeWorkingDays: count,
        passOnWorkingDays: count,
        complaintMonths: count,
        complaintWorkingDays: count,
        devicesPerTracking: count,
        secondFromTenge: count,
        secondShare: z.number().min(0).max(1),
        secondOnReuse: z.boolean(),
        bulkCap: count,
        bulkCapByRole: z.partialRecord(zRole, count),
        nameDistance: count,
      })
      .partial()
      .optional(),
  }),
  /** Absent in policies of before signed calendars. */
  calendar: z
    .array(
      z.object({
        year: z.number().int().min(2000).max(2200),
        holidays: z.array(zIsoDate).max(366).readonly(),
        workingWeekends: z.array(zIsoDate).max(366).readonly(),
      }),
    )
    .max(50)
    .readonly()
    .optional(),
  feeTenge: count,
  offlineHours: count,
  /** Absent in policies of before block runs. */
  blockRun: z
    .object({
      cap: count,
      holdsPerDevice: count,
      warning: z.enum(['off', 'failed', 'required']).optional(),
      amnestyUntil: zIsoDate.optional(),
    })
    .optional(),
  notices: z.object({ reminderDays: count }).optional(),
  newClockAfterDays: count.optional(),
  clones: z.object({ subscribersADay: count, distantKm: count.optional() }).optional(),
  sightingDays: count.optional(),
  daysToBlock: count.optional(),
  /** Absent: every check as it is by itself. */
  checks: z
    .object({ levels: z.record(z.string(), z.enum(LEVELS)), limits: z.record(z.string(), z.number().nonnegative()) })
    .optional(),
})

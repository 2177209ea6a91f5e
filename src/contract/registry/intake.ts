import { z } from 'zod'
import { APPEAL_STEPS } from '../../domain/appeal.ts'
import { zAppealState, zClaimField, zInstant, zIsoDate, zReasonCode, zRoute, zSource } from '../value.ts'

/** What portals show an applicant of his appeal: nothing of officers and their notes. */
export const zApplicantView = z.object({
  id: z.string(),
  state: zAppealState,
  route: zRoute,
  receivedAt: zInstant,
  dueAt: zIsoDate,
  hearingAt: zIsoDate.nullable(),
  imeis: z.array(z.string()),
  steps: z.array(
    z.object({
      at: zInstant,
      what: z.enum(APPEAL_STEPS),
      reasons: z.array(zReasonCode),
      note: z.string(),
      item: zClaimField.nullable(),
      body: zSource.nullable(),
      until: zIsoDate.nullable(),
      letter: z.object({ no: z.string(), code: z.string() }).nullable(),
    }),
  ),
  can: z.object({ answer: z.boolean(), withdraw: z.boolean(), complain: z.boolean() }),
})

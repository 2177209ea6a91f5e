import { z } from 'zod'
import { zInstant, zOfficer, zSha256, zUuid } from '../value.ts'

/**
 * Desks of a registry. An admin makes a code that is good for one enrolment; only its hash reaches the registry, so that nobody reads a
 * code from a database or its backup.
 */
export const zDesk = z.object({
  id: zUuid,
  name: z.string(),
  enrolledAt: zInstant,
  revokedAt: zInstant.nullable(),
})
/** GET /v1/desks */
export const zDesks = z.array(zDesk)

export const DESK_COMMANDS = {
  /** `code` is the SHA-256 of the code (enrolmentCode.ts). */
  'allow-desk': z.object({ code: zSha256, name: z.string().min(1).max(100), hours: z.number().int().min(1).max(720) }),
  /** From now on the desk's key counts for nothing. Again: the same answer. */
  'revoke-desk': z.object({ desk: zUuid, reason: z.string().min(1).max(1000) }),
  /** Who may sign in, and as what. */
  'set-officer': zOfficer.extend({ id: z.string().min(1).max(100), name: z.string().min(1).max(200) }),
} as const

export const DESK_RESULTS = {
  'allow-desk': z.object({ name: z.string(), until: zInstant }),
  'revoke-desk': z.object({ desk: zUuid, revokedAt: zInstant }),
  'set-officer': zOfficer,
} as const

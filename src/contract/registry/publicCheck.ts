import { z } from 'zod'
import { PUBLIC_REMEDIES } from '../../domain/publicAnswer.ts'
import { zImei14, zInstant, zIsoDate, zLang, zListingReason, zSeq } from '../value.ts'

/** GET /public/imei/{imei}?lang=kk|ru|en: for everybody, rate-limited, nothing of persons in it. */
export const zPublicAnswer = z.object({
  /** Digits as asked, cleaned. */
  imei: z.string(),
  imei14: zImei14,
  list: z.enum(['white', 'grey', 'black', 'unknown']),
  /** Why it is blocked; null on other lists. */
  reason: zListingReason.nullable(),
  deadline: zIsoDate.nullable(),
  /** Days to act, the last one counted; 0: over. */
  daysLeft: z.number().int().nullable(),
  overdue: z.boolean(),
  remedy: z.enum(PUBLIC_REMEDIES),
  /** What the page says, in `language`. */
  language: zLang,
  title: z.string(),
  text: z.string(),
  advice: z.string(),
  asOf: z.object({ seq: zSeq, at: zInstant, date: zIsoDate }),
})
export type PublicAnswerMessage = z.infer<typeof zPublicAnswer>

/** GET /v1/keys: public keys of the registry, also earlier ones. `publicKey` is raw Ed25519, base64url; `id` begins its SHA-256. */
export const zKeys = z.array(z.object({ id: z.string(), publicKey: z.string(), since: zInstant }))

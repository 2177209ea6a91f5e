import { z } from 'zod'
import { zIsoDate, zSeq, zSha256, zUuid } from '../value.ts'

/**
 * The proof of a report, as its QR code and its "about" sheet carry it: one line of words, the last of them the desk's Ed25519
 * signature (base64url) over the words before it.
 */
export const zReportProof = z.object({
  report: z.string(),
  by: z.string(),
  from: zIsoDate,
  to: zIsoDate,
  seq: zSeq,
  /** Total of the first measure as printed without grouping; `-` where there is none. */
  total: z.string(),
  fingerprint: zSha256,
  /** `-`: made without an officer, by a scheduled job. */
  officer: z.string(),
  desk: zUuid,
})
export type ReportProof = z.infer<typeof zReportProof>

export const PROOF_MARK = 'tamga-report-2'

/** What a proof says, the text that was signed and the signature; null when it is none. */
export function parseReportProof(text: string): { proof: ReportProof; signed: string; signature: string } | null {
  const words = text.trim().split(/\s+/)
  const [mark, report, by, from, to, seq, total, fingerprint, officer, desk, signature, more] = words
  if (mark !== PROOF_MARK || signature === undefined || more !== undefined) return null
  const parsed = zReportProof.safeParse({ report, by, from, to, seq: Number(seq), total, fingerprint, officer, desk })
  return parsed.success ? { proof: parsed.data, signed: words.slice(0, -1).join(' '), signature } : null
}

/** GET /public/report?proof: whether a desk of this registry signed the proof. */
export const zReportProofAnswer = z.object({
  genuine: z.boolean(),
  /** `not-a-proof`, `desk-unknown`, `desk-revoked` (signed by a desk that no longer counts), `signature-wrong`; null: genuine. */
  why: z.enum(['not-a-proof', 'desk-unknown', 'desk-revoked', 'signature-wrong']).nullable(),
  proof: zReportProof.nullable(),
  desk: z.object({ name: z.string() }).nullable(),
})
export type ReportProofAnswer = z.infer<typeof zReportProofAnswer>

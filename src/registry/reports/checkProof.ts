import { parseReportProof, type ReportProofAnswer } from '../../contract/registry/reportProof.ts'
import { isSigned } from '../auth/signature.ts'
import { deskById } from '../db/directory/queries.ts'
import type { Sql } from '../db/pool.ts'

const no = (why: ReportProofAnswer['why'], proof: ReportProofAnswer['proof'] = null): ReportProofAnswer => ({
  genuine: false,
  why,
  proof,
  desk: null,
})

/** Whether a desk of this registry signed the proof of a report. Nothing is stored: the desk's key says it all. */
export async function checkReportProof(db: Sql, text: string): Promise<ReportProofAnswer> {
  const parsed = parseReportProof(text)
  if (!parsed) return no('not-a-proof')
  const { proof, signed, signature } = parsed
  const desk = await deskById(db, proof.desk)
  if (!desk) return no('desk-unknown', proof)
  if (!isSigned(signed, signature, desk.publicKey)) return no('signature-wrong', proof)
  if (desk.revokedAt) return no('desk-revoked', proof)
  return { genuine: true, why: null, proof, desk: { name: desk.name } }
}

import { createHash, randomBytes } from 'node:crypto'
import type { Intake } from '../../contract/registry.ts'
import { type Appeal, type EvidenceFile, personOf } from '../../domain/appeal.ts'
import { dueOf } from '../../domain/appealClock.ts'
import { appealRules } from '../../domain/appealRules.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { calendarOf } from '../../domain/calendar.ts'
import { evidenceType } from '../../domain/evidence/evidenceType.ts'
import { namedApart } from '../../domain/evidence/namedApart.ts'
import type { Instant } from '../../domain/fact.ts'
import { checkIntake } from '../../domain/intake.ts'
import type { Policy } from '../../domain/policy.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { plainNumber } from '../../domain/reusable.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { addAccess, devicesTracked, holdApplicant, openAppealOf } from '../db/appeal/intake.ts'
import { addAppeal, nextOfYear } from '../db/appeal/queries.ts'
import { readable } from '../db/appeal/secrets.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { record } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { type Tx, transaction } from '../db/transaction.ts'
import { withLooks } from './look/looks.ts'

/** 60 bits: not to be guessed at any rate a rate limit lets through. */
const SECRET_LETTERS = 12

/**
 * Takes an appeal from a portal or the citizen's page; its files were uploaded before. Answers its number, and the secret with which
 * the applicant follows it: only its hash stays here.
 * @throws ProblemError those of `checkIntake`, `blob-missing`, `blob-damaged` (another size than said), `evidence-unusable`,
 * `appeal-duplicate`, `tracking-used-up`
 */
export async function receiveAppeal(
  db: Database,
  blobs: BlobStore,
  intake: Intake,
  now: Instant,
): Promise<{ id: string; secret: string }> {
  const able = checkIntake(intake)
  if (!able.ok) throw new ProblemError(able.problem)
  const files = namedApart(await checkedFiles(blobs, intake.evidence))
  const evidence = [...(await withLooks(blobs, files))]
  const secret = readable(randomBytes(SECRET_LETTERS))
  return transaction(db, async (tx) => {
    const policy = await currentPolicy(tx)
    await checkAlone(tx, intake, policy)
    const receivedAt = intake.receivedAt ?? now
    const year = Number(businessDate(receivedAt).slice(0, 4))
    const appeal: Appeal = {
      id: `A-${year}-${String(await nextOfYear(tx, year)).padStart(6, '0')}`,
      state: 'received',
      version: 1,
      route: intake.route,
      receivedAt,
      dueAt: dueOf(receivedAt, policy, calendarOf(policy)),
      applicant: intake.applicant,
      claim: intake.claim,
      evidence,
      lease: null,
      hearingAt: null,
      proposal: null,
      timeline: [{ at: receivedAt, what: 'received' }],
    }
    await addAppeal(tx, appeal, claimedImeis(appeal))
    await addAccess(tx, appeal.id, secretHash(secret))
    await tell(tx, appeal, now)
    return { id: appeal.id, secret }
  })
}

/** Hash under which a secret lies here; typed from paper it may have blanks, dashes and small letters. */
export const secretHash = (secret: string): string =>
  createHash('sha256')
    .update(secret.replaceAll(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
    .digest('hex')

/** Stores an appeal and tells the desks. To be called last in a transaction. */
export async function storeAppeal(tx: Tx, appeal: Appeal, at: Instant): Promise<void> {
  await addAppeal(tx, appeal, claimedImeis(appeal))
  await tell(tx, appeal, at)
}

async function tell(tx: Tx, appeal: Appeal, at: Instant): Promise<void> {
  const act = { officer: '', desk: '', act: 'receive-appeal', subject: appeal.id }
  await record(tx, at, [{ type: 'appeal-received', doc: appeal }], [act])
}

/**
 * A second appeal of the same person about the same device while one is open changes nothing and is refused with its number. Another
 * person's is taken: who of the two is the owner is for an officer to find.
 */
async function checkAlone(tx: Tx, intake: Intake, policy: Policy): Promise<void> {
  const person = personOf(intake.applicant.key)
  await holdApplicant(tx, person)
  const open = await openAppealOf(tx, person, claimedImeis(intake))
  if (open) throw trouble('appeal-duplicate', { appeal: open })
  const { trackingNo } = intake.claim
  if (!trackingNo) return
  const { devicesPerTracking } = appealRules(policy)
  const devices = await devicesTracked(tx, person, plainNumber(trackingNo))
  if (devices >= devicesPerTracking) throw trouble('tracking-used-up', { value: trackingNo, count: devices })
}

function claimedImeis(appeal: { readonly claim: { readonly imeis: readonly string[] } }): number[] {
  return appeal.claim.imeis.map((text) => {
    const digits = text.replaceAll(/\D/g, '')
    if (!/^\d{14,16}$/.test(digits)) throw trouble('imei-unusable', { value: text.slice(0, 40) })
    return Number(digits.slice(0, 14))
  })
}

const HEAD_BYTES = 1024

/**
 * The files with the type their content has, whatever was said of them.
 * @throws ProblemError `blob-missing`, `blob-damaged`, `evidence-unusable` (neither picture nor PDF)
 */
export async function checkedFiles(blobs: BlobStore, files: readonly EvidenceFile[]): Promise<EvidenceFile[]> {
  const checked: EvidenceFile[] = []
  for (const file of files) {
    const { sha256, bytes } = file
    const state = await blobs.state(sha256)
    if (!state.complete) throw trouble('blob-missing', { sha256 })
    if (state.bytes !== bytes) throw trouble('blob-damaged', { sha256 })
    const type = bytes === 0 ? null : evidenceType(await headOf(blobs, sha256, bytes))
    if (type === null) throw trouble('evidence-unusable', { file: file.file })
    checked.push({ ...file, type })
  }
  return checked
}

async function headOf(blobs: BlobStore, sha256: string, bytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = []
  for await (const part of blobs.stream(sha256, 0, Math.min(bytes, HEAD_BYTES) - 1)) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

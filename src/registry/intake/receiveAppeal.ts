import type { Intake } from '../../contract/registry.ts'
import type { Appeal } from '../../domain/appeal.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { addWorkingDays, KZ_CALENDAR } from '../../domain/calendar.ts'
import type { Instant } from '../../domain/fact.ts'
import { trouble } from '../../domain/problem.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import { addAppeal, nextOfYear } from '../db/appeal/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { record } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { type Tx, transaction } from '../db/transaction.ts'

/**
 * Takes an appeal from the citizens' portal; its files were uploaded before. Answers its number.
 * @throws ProblemError `imei-unusable`, `blob-missing`, `blob-damaged` (another size than said)
 */
export async function receiveAppeal(
  db: Database,
  blobs: BlobStore,
  intake: Intake,
  now: Instant,
): Promise<{ id: string }> {
  await checkFiles(blobs, intake)
  return transaction(db, async (tx) => {
    const receivedAt = intake.receivedAt ?? now
    const received = businessDate(receivedAt)
    const policy = await currentPolicy(tx)
    const year = Number(received.slice(0, 4))
    const appeal: Appeal = {
      id: `A-${year}-${String(await nextOfYear(tx, year)).padStart(6, '0')}`,
      state: 'received',
      version: 1,
      route: intake.route,
      receivedAt,
      dueAt: addWorkingDays(received, policy.appeal.workingDays, KZ_CALENDAR),
      applicant: intake.applicant,
      claim: intake.claim,
      evidence: intake.evidence,
      lease: null,
      hearingAt: null,
      proposal: null,
      timeline: [{ at: receivedAt, what: 'received' }],
    }
    await storeAppeal(tx, appeal, now)
    return { id: appeal.id }
  })
}

/** Stores an appeal and tells the desks. To be called last in a transaction. */
export async function storeAppeal(tx: Tx, appeal: Appeal, at: Instant): Promise<void> {
  await addAppeal(tx, appeal, claimedImeis(appeal))
  const act = { officer: '', desk: '', act: 'receive-appeal', subject: appeal.id }
  await record(tx, at, [{ type: 'appeal-received', doc: appeal }], [act])
}

function claimedImeis(appeal: Appeal): number[] {
  return appeal.claim.imeis.map((text) => {
    if (!/^\d{14,16}$/.test(text)) throw trouble('imei-unusable', { value: text.slice(0, 40) })
    return Number(text.slice(0, 14))
  })
}

async function checkFiles(blobs: BlobStore, intake: Intake): Promise<void> {
  for (const { sha256, bytes } of intake.evidence) {
    const state = await blobs.state(sha256)
    if (!state.complete) throw trouble('blob-missing', { sha256 })
    if (state.bytes !== bytes) throw trouble('blob-damaged', { sha256 })
  }
}

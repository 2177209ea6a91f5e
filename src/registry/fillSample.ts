import type { Appeal } from '../domain/appeal.ts'
import { businessDate } from '../domain/businessDate.ts'
import type { Instant } from '../domain/fact.ts'
import type { Officer } from '../domain/officer.ts'
import { SAMPLE_SEED } from '../sample/sampleSeed.ts'
import type { SampleBatchHead } from '../sample/shape.ts'
import type { Signer } from './auth/signingKey.ts'
import type { BlobStore } from './blob/blobStore.ts'
import { commitNew, judgeBatch } from './commands/acceptBatch.ts'
import { Act } from './commands/act.ts'
import { uuid7 } from './commands/uuid7.ts'
import { raiseYear } from './db/appeal/queries.ts'
import { setOfficer } from './db/directory/queries.ts'
import { holdFacts } from './db/fact/queries.ts'
import { readHead, record, setSample } from './db/log/queries.ts'
import type { Database } from './db/pool.ts'
import { type Tx, transaction } from './db/transaction.ts'
import { lookOfPicture } from './intake/look/lookOfPicture.ts'
import { storeAppeal } from './intake/receiveAppeal.ts'
import { headOf, rowsOf, rowsOfStream } from './sample/sampleRows.ts'
import { addSampleActs } from './sampleActs.ts'
import type { BatchRows } from './segment/batchRows.ts'
import { writeSegments } from './segment/writeSegments.ts'

/** The desk that sample batches name: none that could enrol. */
const SAMPLE_DESK = 'sample'

/** Where the sample goes. */
export interface SampleTarget {
  readonly db: Database
  readonly blobs: BlobStore
  readonly signer: Signer
  /** Event after which a registry counts as empty: that of its first policy. */
  readonly emptyUpTo: number
}

/**
 * Fills an empty registry with sample data, all or nothing; one that has a history stays as it is. Batches take the way of every
 * batch: rows, segments, effect, event; only their acts lie in the past.
 */
export async function fillSample(
  target: SampleTarget,
  sample: 'small' | 'national',
  white: number,
  now: Instant,
): Promise<boolean> {
  if ((await readHead(target.db)).head > target.emptyUpTo) return false
  const today = businessDate(now)
  return sample === 'small' ? fillSmall(target, today) : fillNational(target, today, white)
}

async function fillSmall(target: SampleTarget, today: string): Promise<boolean> {
  // loaded only when wanted: the drawing library is large
  const { smallSample } = await import('../sample/smallSample.ts')
  const { drawEvidence } = await import('../sample/drawEvidence.ts')
  const { officers, history, observations } = smallSample({ seed: SAMPLE_SEED, today })
  const appeals = new Map<string, Appeal>()
  for (const event of history) {
    if (event.type !== 'appeal') continue
    const files = await drawEvidence(event.appeal)
    for (const { content } of files) await target.blobs.put(content)
    const evidence = await Promise.all(
      files.map(async ({ content, file, sha256, bytes, type, shows }) => {
        const look = await lookOfPicture(content)
        return { file, sha256, bytes, type, shows, ...(look === undefined ? {} : { look }) }
      }),
    )
    appeals.set(event.appeal.appeal.id, { ...event.appeal.appeal, evidence })
  }
  return filled(target, officers, history[0]?.at ?? `${today}T00:00:00.000Z`, async (tx) => {
    for (const event of history) {
      const appeal = event.type === 'appeal' ? appeals.get(event.appeal.appeal.id) : undefined
      if (appeal) await storeAppeal(tx, appeal, event.at)
      if (event.type === 'batch') await addSampleBatch(tx, target.blobs, officers, event.batch, rowsOf(event.batch))
    }
    await numbersBehind(tx, [...appeals.keys()])
    await addSampleActs({ ...target, tx, officers, desk: SAMPLE_DESK, today }, observations)
  })
}

async function fillNational(target: SampleTarget, today: string, white: number): Promise<boolean> {
  const { nationalSample } = await import('../sample/nationalSample.ts')
  const { officers, batches } = nationalSample({ seed: SAMPLE_SEED, today, white })
  return filled(target, officers, batches[0]?.at ?? `${today}T00:00:00.000Z`, async (tx) => {
    for (const batch of batches) await addSampleBatch(tx, target.blobs, officers, batch, rowsOfStream(batch))
  })
}

/** One transaction: the mark that data are samples, the directory, and what `fill` adds. False when another registry was faster. */
const filled = (
  { db, emptyUpTo }: SampleTarget,
  officers: readonly Officer[],
  at: Instant,
  fill: (tx: Tx) => Promise<void>,
): Promise<boolean> =>
  transaction(db, async (tx) => {
    await holdFacts(tx)
    if ((await readHead(tx)).head > emptyUpTo) return false
    await setSample(tx)
    for (const officer of officers) await setOfficer(tx, officer)
    const events = officers.map((doc) => ({ type: 'officer-set', doc }))
    const acts = officers.map((o) => ({ officer: '', desk: SAMPLE_DESK, act: 'set-officer', subject: o.id }))
    await record(tx, at, events, acts)
    await fill(tx)
    return true
  })

async function addSampleBatch(
  tx: Tx,
  blobs: BlobStore,
  officers: readonly Officer[],
  batch: SampleBatchHead,
  rows: BatchRows,
): Promise<void> {
  const officer = officers.find((o) => o.id === batch.by)
  if (!officer) throw new Error(`the sample names an unknown officer: ${batch.by}`)
  const head = await headOf(batch, rows, uuid7(batch.at))
  const act = new Act(tx, blobs, { command: uuid7(batch.at), officer, desk: SAMPLE_DESK, now: batch.at })
  const incoming = { head, rows, segments: await writeSegments(blobs, rows, head) }
  const judged = await judgeBatch(tx, incoming)
  if (!judged.ok) throw new Error(`the sample has a batch that is refused: ${judged.problem.code}`)
  await commitNew(act, incoming, judged.value, { by: batch.by, signedBy: batch.signedBy })
  const audit = { officer: batch.by, desk: SAMPLE_DESK, act: 'commit-batch', subject: head.id }
  await act.number(await record(tx, batch.at, act.events, [audit]))
}

/** Appeals that come later are numbered behind those of the sample. */
async function numbersBehind(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const [, year, no] = /^A-(\d{4})-(\d+)$/.exec(id) ?? []
    if (year && no) await raiseYear(tx, Number(year), Number(no))
  }
}

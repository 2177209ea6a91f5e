import type { z } from 'zod'
import type { BATCH_CALLS } from '../../contract/engine/batch.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'
import type { Desk } from '../sync/desk.ts'

type SignInput = z.output<typeof BATCH_CALLS.sign.input>
type SignOutput = z.input<typeof BATCH_CALLS.sign.output>

interface Target {
  readonly type: 'batch' | 'undo' | 'appeal'
  /** Id as the registry knows it. */
  readonly id: string
}

/** Second signature of a batch, an undo or an appeal. The registry decides; role and target are checked here first. */
export async function sign(desk: Desk, { id, agrees, note, reviewed }: SignInput): Promise<SignOutput> {
  const officer = desk.session.officer()
  const role = may(officer, 'sign')
  if (!role.ok) throw new ProblemError(role.problem)
  const target = targetOf(desk.home.cache.read, id)
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, {
      kind: 'sign',
      subject: target.id,
      body: { target, agrees, note, ...(reviewed === undefined ? {} : { reviewed }) },
    }),
  )
  const settled = await desk.commands.settle(command)
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  return {
    id,
    state: stateOf(desk.home.cache.read, id === target.id ? target : { type: 'appeal', id }),
    pending: settled.state === 'queued',
  }
}

interface BatchRow {
  readonly id: string
  readonly state: string
  readonly undo: string | null
}

const batchOf = (cache: Reader, id: string): BatchRow | undefined =>
  /^\d+$/.test(id)
    ? cache.query<BatchRow>('SELECT id, state, undo FROM batch WHERE no = ?').get(Number(id))
    : cache.query<BatchRow>('SELECT id, state, undo FROM batch WHERE id = ?').get(id)

const pendingUndo = (batch: BatchRow): boolean =>
  batch.undo !== null && (JSON.parse(batch.undo) as { pending: boolean }).pending

/** The approval's batch while its withdrawal waits for the second signature. */
const decisionToSign = (cache: Reader, appeal: string): BatchRow | undefined =>
  cache
    .query<BatchRow>(
      `SELECT id, state, undo FROM batch INDEXED BY batch_decision WHERE kind = 'decision' AND letter = ?`,
    )
    .all(appeal)
    .find(pendingUndo)

function targetOf(cache: Reader, id: string): Target {
  const appeal = cache.value<string>('SELECT state FROM appeal WHERE id = ?', id)
  if (appeal !== undefined) {
    const ends = appeal === 'approved' ? decisionToSign(cache, id) : undefined
    if (ends) return { type: 'undo', id: ends.id }
    if (appeal !== 'awaiting-signature') throw trouble('nothing-to-sign', { id, state: appeal })
    return { type: 'appeal', id }
  }
  const batch = batchOf(cache, id)
  if (!batch) throw trouble('nothing-to-sign', { id, state: 'unknown' })
  if (batch.state === 'proposed') return { type: 'batch', id: batch.id }
  if (pendingUndo(batch)) return { type: 'undo', id: batch.id }
  throw trouble('nothing-to-sign', { id, state: batch.state })
}

function stateOf(cache: Reader, { type, id }: Target): string {
  if (type === 'appeal') return cache.value<string>('SELECT state FROM appeal WHERE id = ?', id) ?? 'unknown'
  const batch = batchOf(cache, id)
  if (!batch) return 'unknown'
  if (batch.state === 'proposed' || pendingUndo(batch)) return 'awaiting-signature'
  return batch.state === 'withdrawn' ? 'refused' : batch.state
}

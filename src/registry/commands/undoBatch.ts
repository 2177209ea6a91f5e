import { isUndoable, needsSecondSignature } from '../../domain/batch.ts'
import { type Effect, noEffect } from '../../domain/effect.ts'
import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import {
  batchForUpdate,
  endBatch,
  numberEnd,
  proposeUndo,
  replacedBy,
  type StoredBatch,
  withdrawBatch,
} from '../db/batch/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { applyMoves, endAct, holdFacts, nextNumber, numberAct } from '../db/fact/queries.ts'
import { forgetSightings } from '../db/sighting/queries.ts'
import type { Tx } from '../db/transaction.ts'
import type { Act, Handler } from './act.ts'
import { bringBack } from './bringBack.ts'
import { type Judged, judge } from './judge.ts'

/** Takes a wrongly imported batch back from now on; into or out of black only with a second signature. */
export const undoBatch: Handler<'undo-batch'> = async (act, { batch: id, reason }) => {
  const role = may(act.actor.officer, 'undo')
  if (!role.ok) return role
  act.about(id)
  await holdFacts(act.tx)
  const batch = await batchForUpdate(act.tx, id)
  if (!batch) return refused('batch-unknown', { batch: id })
  if (!isUndoable(batch.kind)) return refused('batch-not-yours', { batch: id })
  if (batch.state === 'awaiting-signature') {
    await withdrawWaiting(act, batch, reason)
    return done({ batch: id, undone: true, state: 'undone', effect: noEffect() })
  }
  if (batch.state !== 'committed') return refused('batch-already-undone', { batch: id })
  if (batch.undoEffect)
    return done({ batch: id, undone: false, state: 'awaiting-signature', effect: { ...batch.undoEffect } })

  const judged = await judgeUndo(act.tx, batch)
  const policy = await currentPolicy(act.tx)
  if (!needsSecondSignature(judged.effect, judged.offGrey, policy)) {
    await endUndone(act, batch, { reason, by: act.actor.officer.id, effect: judged.effect, signedBy: [] })
    return done({ batch: id, undone: true, state: 'undone', effect: judged.effect })
  }
  const by = act.actor.officer.id
  await proposeUndo(act.tx, batch.no, { reason, by, effect: judged.effect, reviewed: judged.reviewed })
  act.event('undo-proposed', { no: batch.no, id, reason, effect: judged.effect, by })
  return done({ batch: id, undone: false, state: 'awaiting-signature', effect: judged.effect })
}

/** What withdrawing the batch would do now: what it replaced as a full list counts again. The writer's row is held. */
export const judgeUndo = async (tx: Tx, batch: StoredBatch): Promise<Judged> => {
  const revived = (await replacedBy(tx, batch.no)).map((b) => b.no)
  return judge(tx, await currentPolicy(tx), null, { ended: [batch.no], revived })
}

/** Ends a judged batch: its facts stay as history, the listings follow. */
export async function endUndone(
  act: Act,
  batch: StoredBatch,
  undo: { reason: string; by: string; effect: Effect; signedBy: readonly string[] },
): Promise<void> {
  const { tx } = act
  await proposeUndo(tx, batch.no, { ...undo, reviewed: batch.undoReviewed ?? batch.reviewed })
  await endBatch(tx, batch.no, act.actor.now)
  await forgetSightings(tx, batch.no)
  const change = await nextNumber(tx, 'last_act')
  await applyMoves(tx, change)
  act.event('batch-undone', { no: batch.no, id: batch.id, ...undo, signedBy: [...undo.signedBy] }, async (seq) => {
    await numberEnd(tx, [batch.no], seq)
    await numberAct(tx, change, seq)
  })
  for (const replaced of await replacedBy(tx, batch.no))
    await bringBack(act, replaced, (seq) => endAct(tx, change, seq))
}

/** Takes a batch back that waits for its signature: nothing of it ever counted. */
export async function withdrawWaiting(act: Act, batch: StoredBatch, note: string): Promise<void> {
  await withdrawBatch(act.tx, batch.no, act.actor.now)
  await forgetSightings(act.tx, batch.no)
  act.event('batch-withdrawn', { no: batch.no, id: batch.id, by: act.actor.officer.id, note })
}

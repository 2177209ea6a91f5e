import type { CommandBody, CommandResult } from '../../contract/registry.ts'
import { signAppeal } from '../../domain/decision.ts'
import { maySign } from '../../domain/officer.ts'
import { done, type Outcome, refused } from '../../domain/problem.ts'
import { appealForUpdate } from '../db/appeal/queries.ts'
import { appealOfBatch, batchForUpdate, proposeUndo } from '../db/batch/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import { readSegments } from '../segment/readSegments.ts'
import { commitWaiting, effectChanged, judgeBatch } from './acceptBatch.ts'
import type { Act, Handler } from './act.ts'
import { changeAppeal } from './appeals.ts'
import { commitApproval, judgeApproval } from './approval.ts'
import { signedRevocation } from './revokeApproval.ts'
import { endUndone, judgeUndo, withdrawWaiting } from './undoBatch.ts'

type Signed = Promise<Outcome<CommandResult<'sign'>>>
type Body = CommandBody<'sign'>

/** The second signature under a batch, an undo or an appeal; without agreement it goes back. */
export const sign: Handler<'sign'> = (act, body) => {
  act.about(`${body.target.type} ${body.target.id}`)
  if (body.target.type === 'appeal') return signedAppeal(act, body)
  return body.target.type === 'batch' ? signedBatch(act, body) : signedUndo(act, body)
}

const signedBatch = async (act: Act, { target, agrees, note, reviewed }: Body): Signed => {
  const { tx, actor } = act
  await holdFacts(tx)
  const batch = await batchForUpdate(tx, target.id)
  if (!batch) return refused('batch-unknown', { batch: target.id })
  if (batch.state !== 'awaiting-signature') return refused('nothing-to-sign', { id: target.id, state: batch.state })
  const allowed = maySign(actor.officer, [batch.madeBy], batch.signedBy)
  if (!allowed.ok) return allowed
  if (!agrees) {
    await withdrawWaiting(act, batch, note)
    return done({ id: target.id, state: 'refused', pending: false })
  }
  const rows = await readSegments(act.blobs, batch.segments, batch)
  const incoming = { head: batch.head, segments: batch.segments, rows }
  const judged = await judgeBatch(tx, incoming)
  if (!judged.ok) return judged
  // other facts came in between: what he would sign is not what was reviewed, unless he has reviewed the effect of now himself
  if (judged.value.reviewed !== (reviewed ?? batch.reviewed))
    return effectChanged(judged.value.effect, batch.effect, judged.value.reviewed)
  await commitWaiting(act, incoming, judged.value, { ...batch, signedBy: [...batch.signedBy, actor.officer.id] })
  return done({ id: target.id, state: 'committed', pending: false })
}

const signedUndo = async (act: Act, { target, agrees, note, reviewed }: Body): Signed => {
  const { tx, actor } = act
  const appeal = await appealOfBatch(tx, target.id)
  const revoked = appeal === null ? null : await signedRevocation(act, appeal, { agrees, note })
  if (revoked && !revoked.ok) return revoked
  await holdFacts(tx)
  const batch = await batchForUpdate(tx, target.id)
  if (!batch) return refused('batch-unknown', { batch: target.id })
  const { undoBy, undoReason, undoEffect } = batch
  if (batch.state !== 'committed' || !undoBy || !undoReason || !undoEffect)
    return refused('nothing-to-sign', { id: target.id, state: batch.state })
  const allowed = maySign(actor.officer, [undoBy], [])
  if (!allowed.ok) return allowed
  if (!agrees) {
    await proposeUndo(tx, batch.no, null)
    act.event('undo-dropped', { no: batch.no, id: batch.id, by: actor.officer.id, note })
    await revoked?.value()
    return done({ id: target.id, state: 'committed', pending: false })
  }
  const judged = await judgeUndo(tx, batch)
  if (judged.reviewed !== (reviewed ?? batch.undoReviewed))
    return effectChanged(judged.effect, undoEffect, judged.reviewed)
  const undo = { reason: undoReason, by: undoBy, effect: judged.effect, signedBy: [actor.officer.id] }
  await endUndone(act, batch, undo)
  await revoked?.value()
  return done({ id: target.id, state: 'undone', pending: false })
}

const signedAppeal = async (act: Act, { target, agrees, note }: Body): Signed => {
  const { tx, actor } = act
  const found = await appealForUpdate(tx, target.id)
  if (!found) return refused('appeal-unknown', { appeal: target.id })
  const { appeal, lastToken } = found
  await holdFacts(tx)
  const approval = await judgeApproval(act, appeal)
  if (!approval.ok) return approval
  const signed = signAppeal(appeal, actor.officer, agrees, { now: actor.now, foreign: approval.value.foreign })
  if (!signed.ok) return signed
  const { state, proposal, hearingAt, listed, entry } = signed.value
  if (listed && appeal.proposal)
    await commitApproval(act, approval.value, { by: appeal.proposal.officer, signedBy: [actor.officer.id] })
  // what goes back to a colleague is none of the applicant's business
  const noted = note ? { ...entry, [agrees ? 'note' : 'internal']: note } : entry
  await changeAppeal(act, appeal, { state, proposal, hearingAt, lease: null }, noted, lastToken)
  return done({ id: target.id, state, pending: false })
}

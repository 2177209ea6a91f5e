import type { BatchHead, SegmentRef } from '../../contract/registry.ts'
import { FACT_OF_BATCH, needsSecondSignature } from '../../domain/batch.ts'
import type { Effect } from '../../domain/effect.ts'
import type { Policy } from '../../domain/policy.ts'
import { done, type Outcome, refused } from '../../domain/problem.ts'
import {
  addBatch,
  addRows,
  commitProposed,
  liveOfSource,
  numberBatch,
  numberEnd,
  replaceBatches,
} from '../db/batch/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { applyMoves, nextNumber, numberAct } from '../db/fact/queries.ts'
import type { Tx } from '../db/transaction.ts'
import type { BatchRows } from '../segment/batchRows.ts'
import type { Act } from './act.ts'
import { type Judged, judge } from './judge.ts'

/** A batch on its way into the registry. */
export interface Incoming {
  readonly head: BatchHead
  readonly segments: readonly SegmentRef[]
  readonly rows: BatchRows
}

export interface JudgedBatch extends Judged {
  readonly policy: Policy
  /** Live batches it ends as a full list of the same kind and source. */
  readonly replaces: readonly number[]
}

/** What the batch would do now. The writer's row is held. */
export async function judgeBatch(tx: Tx, { head, rows }: Incoming): Promise<Outcome<JudgedBatch>> {
  const replaces = head.full ? await liveOfSource(tx, head.kind, head.source) : []
  const policy = await currentPolicy(tx)
  const judged = await judge(tx, policy, { rows, batch: head }, { ended: replaces })
  if (judged.foreign)
    return refused('owner-other-body', {
      imei: String(judged.foreign.imei14).padStart(14, '0'),
      owner: judged.foreign.owner,
      reason: FACT_OF_BATCH[head.kind] ?? head.kind,
    })
  return done({ ...judged, policy, replaces })
}

/** Whether a second officer must sign what was judged. */
export const mustBeSigned = (j: JudgedBatch): boolean => needsSecondSignature(j.effect, j.offGrey, j.policy)

/** Refusal of an act whose moves into or out of black are not those that were reviewed; `anew` names the ones of now. */
export const effectChanged = (now: Effect, reviewed: Effect, anew = '') =>
  refused('effect-changed', {
    ...(anew === '' ? {} : { anew }),
    toBlack: now.toBlack,
    leaveBlack: now.leaveBlack,
    reviewedToBlack: reviewed.toBlack,
    reviewedLeaveBlack: reviewed.leaveBlack,
  })

/** Notes a batch that waits for its second signature: visible, but nothing of it counts. Answers its number. */
export async function proposeBatch(act: Act, incoming: Incoming, judged: JudgedBatch): Promise<number> {
  const no = await nextNumber(act.tx, 'last_batch')
  await addBatch(act.tx, { ...batchRow(act, incoming, judged, no), signedBy: [], state: 'awaiting-signature' })
  act.event('batch-proposed', {
    no,
    head: incoming.head,
    segments: [...incoming.segments],
    effect: judged.effect,
    by: act.actor.officer.id,
    desk: act.actor.desk,
    command: act.actor.command,
  })
  return no
}

/** Makes a batch count: its rows, the listings that follow, the event. `by` made it, `signedBy` are second officers. Answers its number. */
export async function commitNew(
  act: Act,
  incoming: Incoming,
  judged: JudgedBatch,
  made: { by: string; signedBy: readonly string[] },
): Promise<number> {
  const no = await nextNumber(act.tx, 'last_batch')
  const row = { ...batchRow(act, incoming, judged, no), madeBy: made.by }
  await addBatch(act.tx, { ...row, signedBy: made.signedBy, state: 'committed' })
  await count(act, incoming, judged, { ...made, no, desk: act.actor.desk, command: act.actor.command })
  return no
}

/** The same for a batch that waited and is now signed. */
export async function commitWaiting(
  act: Act,
  incoming: Incoming,
  judged: JudgedBatch,
  waiting: { no: number; madeBy: string; desk: string; command: string; signedBy: readonly string[] },
): Promise<void> {
  await commitProposed(act.tx, waiting.no, judged.effect, waiting.signedBy)
  await count(act, incoming, judged, { ...waiting, by: waiting.madeBy })
}

const batchRow = (act: Act, { head, segments }: Incoming, judged: JudgedBatch, no: number) => ({
  no,
  id: head.id,
  kind: head.kind,
  source: head.source,
  head,
  segments,
  effect: judged.effect,
  reviewed: judged.reviewed,
  madeBy: act.actor.officer.id,
  desk: act.actor.desk,
  command: act.actor.command,
  acceptedAt: act.actor.now,
})

async function count(
  act: Act,
  { head, segments, rows }: Incoming,
  judged: JudgedBatch,
  made: { no: number; by: string; desk: string; command: string; signedBy: readonly string[] },
): Promise<void> {
  const { tx } = act
  const { no } = made
  await addRows(tx, no, storedRows(rows))
  if (judged.replaces.length > 0) await replaceBatches(tx, judged.replaces, no, act.actor.now)
  const change = await nextNumber(tx, 'last_act')
  await applyMoves(tx, change)
  act.event(
    'batch-committed',
    {
      no,
      head,
      segments: [...segments],
      effect: judged.effect,
      by: made.by,
      desk: made.desk,
      command: made.command,
      signedBy: [...made.signedBy],
      replaces: [...judged.replaces],
    },
    async (seq) => {
      await numberBatch(tx, no, seq)
      await numberAct(tx, change, seq)
      if (judged.replaces.length > 0) await numberEnd(tx, judged.replaces, seq)
    },
  )
}

/** Rows as the database takes them. */
export function storedRows({ docs, facts, tacs, crossings }: BatchRows) {
  return {
    docs: [...docs.values()].map((d) => [d.no, d.op, d.date, d.network, d.data] as const),
    facts: (function* () {
      for (let i = 0; i < facts.length; i++)
        yield [facts.imei14[i] ?? 0, facts.doc[i] ?? 0, facts.next[i] ?? 0] as const
    })(),
    tacs: tacs.map((t) => [t.tac, t.brand, t.model, t.data] as const),
    crossings: crossings.map((c) => [c.no, c.person, c.date, c.direction, c.document, c.point] as const),
  }
}

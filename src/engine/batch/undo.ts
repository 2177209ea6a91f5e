import type { z } from 'zod'
import type { BATCH_CALLS, Batch } from '../../contract/engine/batch.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { isUndoable, needsSecondSignature } from '../../domain/batch.ts'
import { countMove, type Effect, noEffect } from '../../domain/effect.ts'
import type { Imei14, Seq } from '../../domain/fact.ts'
import { may } from '../../domain/officer.ts'
import { listingOf } from '../../domain/policy.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { factsOfSorted, type StoredFact } from '../db/facts.ts'
import { cursorOf, openAppealImeis, policyAt } from '../db/mirror.ts'
import type { OwnReader } from '../db/store.ts'
import type { Desk } from '../sync/desk.ts'
import { batchOrTrouble, keysOfBatches } from './queries.ts'

type UndoEffect = z.input<(typeof BATCH_CALLS)['undo-effect']['output']>
type Undone = z.input<(typeof BATCH_CALLS)['undo-batch']['output']>
type Relied = UndoEffect['reliedOn'][number]

/** IMEIs between two breaths, so that other calls are answered meanwhile. */
const BREATH = 4096

/**
 * What withdrawing a batch would do to listings, from the mirror; and the later human acts that relied on its facts. What a full list
 * had replaced counts again when it is withdrawn.
 */
export async function undoEffect(desk: Desk, name: string): Promise<UndoEffect> {
  const batch = batchOrTrouble(desk.home.cache.read, name)
  const reader = desk.home.cache.openReader()
  try {
    const seq = cursorOf(reader).seq
    const policy = policyAt(reader, seq)
    const appeals = openAppealImeis(reader)
    const effect = noEffect()
    const relied = new Map<string, Relied>()
    const valid = validity(reader, batch)
    let offGrey = 0
    let done = 0
    for (const { imei14, held, left } of withdrawn(reader, batch)) {
      const before = listingOf(held, policy)
      const after = listingOf(left, policy)
      countMove(effect, before, after, appeals.has(imei14))
      if (before.list === 'grey' && after.list !== 'grey') offGrey++
      for (const f of held) noteReliance(reader, f, valid, relied)
      if (++done % BREATH === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    return {
      batch: batch.batch,
      effect,
      basedOnSeq: seq,
      needsSignature: needsSecondSignature(effect, offGrey, policy),
      reliedOn: [...relied.values()],
    }
  } finally {
    reader.close()
  }
}

interface Withdrawing {
  readonly imei14: Imei14
  readonly held: readonly StoredFact[]
  readonly left: readonly StoredFact[]
}

/** Facts of each IMEI that a withdrawal touches: those it has, and those it would be left with. */
function* withdrawn(reader: OwnReader, batch: Batch & { readonly no: number }): Generator<Withdrawing> {
  if (batch.state === 'undone') {
    // withdrawn already: nothing moves any more, but who relied on it is still to be looked at
    for (const { imei14, facts } of factsOfSorted(reader, keysOfBatches(reader, [batch.no])))
      yield { imei14, held: facts, left: facts }
    return
  }
  // one that awaits its signature has no facts that count, so withdrawing it moves nothing
  if (batch.state !== 'committed' || batch.seq === null) return
  const back = replacedAt(reader, batch.seq)
  if (back.size === 0) {
    for (const { imei14, facts } of factsOfSorted(reader, keysOfBatches(reader, [batch.no])))
      yield { imei14, held: facts, left: facts.filter((f) => f.no !== batch.no) }
    return
  }
  const touched = [batch.no, ...back]
  const earlier = factsOfSorted(reader, keysOfBatches(reader, touched), { seq: batch.seq - 1 })
  for (const { imei14, facts } of factsOfSorted(reader, keysOfBatches(reader, touched))) {
    const before = earlier.next()
    const revived = before.done ? [] : before.value.facts.filter((f) => back.has(f.no))
    yield { imei14, held: facts, left: [...facts.filter((f) => f.no !== batch.no), ...revived] }
  }
}

/** Batches whose place a full list took when it was accepted. */
const replacedAt = (reader: OwnReader, seq: Seq): ReadonlySet<number> =>
  new Set(
    reader
      .rows<[number]>(`SELECT no FROM batch WHERE state = 'replaced' AND ended_seq = ?`)
      .all(seq)
      .map(([no]) => no),
  )

/** While a batch's facts counted: what was decided then may have relied on them. */
interface Validity {
  readonly from: Seq
  readonly to: Seq
}

const validity = (reader: OwnReader, batch: Batch & { readonly no: number }): Validity => ({
  from: batch.seq ?? 0,
  to: reader.value<number | null>('SELECT ended_seq FROM batch WHERE no = ?', batch.no) ?? Number.POSITIVE_INFINITY,
})

/** Decisions and block runs that came after the batch stay, and are named for review. */
function noteReliance(reader: OwnReader, fact: StoredFact, valid: Validity, relied: Map<string, Relied>): void {
  if (fact.seq <= valid.from || fact.seq >= valid.to || relied.has(fact.batch)) return
  if (fact.kind !== 'appeal-approved' && fact.kind !== 'not-verified-in-time') return
  const data = reader.value<string>('SELECT data FROM doc WHERE batch = ? AND no = ?', fact.no, fact.doc) ?? '{}'
  const { appeal, run } = JSON.parse(data) as { appeal?: string; run?: string }
  relied.set(fact.batch, {
    type: fact.kind === 'appeal-approved' ? 'decision' : 'blockrun',
    id: appeal ?? run ?? fact.batch,
    date: fact.date,
  })
}

/** Withdraws a batch, or proposes to where a second officer must sign. */
export async function undoBatch(desk: Desk, name: string, reason: string): Promise<Undone> {
  const role = may(desk.session.officer(), 'undo')
  if (!role.ok) throw new ProblemError(role.problem)
  const batch = batchOrTrouble(desk.home.cache.read, name)
  checkUndoable(batch)
  const id = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, {
      kind: 'undo-batch',
      subject: batch.batch,
      body: { batch: batch.batch, reason },
    }),
  )
  const settled = await desk.commands.settle(id)
  desk.changed('batch')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'done') return COMMAND_RESULTS['undo-batch'].parse(settled.result)
  const effect: Effect = (await undoEffect(desk, batch.batch)).effect
  return { batch: batch.batch, undone: false, state: 'queued', effect }
}

function checkUndoable(batch: Batch): void {
  if (batch.state === 'undone' || batch.state === 'refused')
    throw trouble('batch-already-undone', { batch: batch.batch })
  if (!isUndoable(batch.kind)) throw trouble('batch-not-yours', { batch: batch.batch, kind: batch.kind })
}

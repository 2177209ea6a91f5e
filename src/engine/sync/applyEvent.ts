import { EVENTS, type EventDoc, type EventType, type FeedEvent } from '../../contract/registry.ts'
import type { Seq } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { movesListings } from '../../domain/policyChange.ts'
import { trouble } from '../../domain/problem.ts'
import type { Writer } from '../db/handle.ts'
import { policyAt } from '../db/mirror.ts'
import { noteAct } from './actFigures.ts'
import type { AppealWriter } from './appealWriter.ts'
import {
  applyCommitted,
  applyProposed,
  applyUndoDropped,
  applyUndone,
  applyUndoProposed,
  applyWithdrawn,
  relist,
} from './applyBatch.ts'
import { applyRunDropped, applyRunProposed, applyRunSigned } from './applyBlockRun.ts'
import { applyCloneDecided, applySuspected } from './applyClone.ts'
import { applyNoticesDelivered, applyNoticesIssued } from './applyNotices.ts'
import { applyFileIssued, applyReceipt, applyTemplate, applyViolations } from './applyOperator.ts'
import { applyPolicyBegun, applyPolicyDropped, applyPolicyProposed, applyPolicySigned } from './applyPolicyActs.ts'
import { applySettings } from './applySettings.ts'
import { applyReportShared, applyReportUnshared } from './applySharedReport.ts'
import type { Topic } from './desk.ts'

/** An event of the feed whose document was read by its schema. */
export type KnownEvent = { [T in EventType]: { seq: Seq; at: string; type: T; doc: EventDoc<T> } }[EventType]

/** Reads an event. A type or document that this desk does not know is never skipped: problem `event-unknown`. */
export function knownEvent(event: FeedEvent): KnownEvent {
  const { seq, type, at } = event
  if (!Object.hasOwn(EVENTS, type)) throw trouble('event-unknown', { seq, type })
  const parsed = EVENTS[type as EventType].safeParse(event.doc)
  if (!parsed.success) throw trouble('event-unknown', { seq, type, at: parsed.error.issues[0]?.path.join('.') ?? '' })
  return { seq, at, type, doc: parsed.data } as KnownEvent
}

/** Notes when events were told. No event's effect reads it. */
export const noteMoments = (tx: Writer, events: readonly Pick<KnownEvent, 'seq' | 'at'>[]): number =>
  tx.insertSorted(
    'moment',
    ['seq', 'at'],
    events.map(({ seq, at }) => [seq, at]),
  )

/**
 * Applies one event to the mirror inside the transaction that moves the cursor; answers what screens it makes old. No event's effect reads
 * appeals, so they may be held in `appeals` until the transaction ends; `noteMoments` of it
 * is the caller's.
 */
export function applyEvent(tx: Writer, appeals: AppealWriter, e: KnownEvent): readonly Topic[] {
  noteAct(tx, e)
  switch (e.type) {
    case 'officer-set':
      tx.run(
        'INSERT INTO officer(id, name, role) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role',
        e.doc.id,
        e.doc.name,
        e.doc.role,
      )
      return ['status']
    case 'settings-set':
      applySettings(tx, e.doc)
      return ['status', 'settings']
    case 'report-shared':
      applyReportShared(tx, e.at, e.doc)
      return ['settings']
    case 'report-unshared':
      applyReportUnshared(tx, e.doc)
      return ['settings']
    case 'policy-set':
      return applyPolicy(tx, e.seq, e.doc)
    case 'notices-issued':
      applyNoticesIssued(tx, e.doc)
      return ['operator', 'blockrun']
    case 'notices-delivered':
      applyNoticesDelivered(tx, e.doc)
      return ['operator', 'blockrun']
    case 'clone-suspected':
      applySuspected(tx, e.doc)
      return ['clone']
    case 'clone-decided':
      applyCloneDecided(tx, e, e.doc)
      return ['clone']
    case 'operator-file-issued':
      applyFileIssued(tx, e.doc)
      return ['operator']
    case 'receipt-recorded':
      applyReceipt(tx, e.doc)
      return ['operator']
    case 'operator-template-set':
      applyTemplate(tx, e.doc)
      return ['operator']
    case 'operator-granted':
      return []
    case 'violations-found':
      applyViolations(tx, e.doc)
      return ['operator']
    case 'policy-proposed':
      applyPolicyProposed(tx, e.at, e.doc)
      return ['listing']
    case 'policy-signed':
      applyPolicySigned(tx, e.doc)
      return ['listing']
    case 'policy-dropped':
      applyPolicyDropped(tx, e.doc)
      return ['listing']
    case 'batch-proposed':
      applyProposed(tx, e, e.doc)
      return ['batch']
    case 'batch-committed':
      applyCommitted(tx, e, e.doc)
      return ['batch', 'listing', 'appeal']
    case 'batch-withdrawn':
      applyWithdrawn(tx, e.doc)
      return ['batch']
    case 'undo-proposed':
      applyUndoProposed(tx, e.doc)
      return ['batch']
    case 'undo-dropped':
      applyUndoDropped(tx, e.doc)
      return ['batch']
    case 'batch-undone':
      applyUndone(tx, e, e.doc)
      return ['batch', 'listing', 'appeal']
    case 'appeal-received':
      appeals.received(e.seq, e.doc)
      return ['appeal']
    case 'appeal-changed':
      appeals.changed(e.seq, e.doc)
      return ['appeal']
    case 'blockrun-proposed':
      applyRunProposed(tx, e.at, e.doc)
      return ['blockrun']
    case 'blockrun-signed':
      applyRunSigned(tx, e.doc)
      return ['blockrun']
    case 'blockrun-dropped':
      applyRunDropped(tx, e.doc)
      return ['blockrun']
  }
}

function applyPolicy(tx: Writer, seq: Seq, policy: Policy): readonly Topic[] {
  const before = policyAt(tx, seq)
  applyPolicyBegun(tx, policy.version)
  tx.run('INSERT INTO policy(version, from_seq, doc) VALUES (?, ?, ?)', policy.version, seq, JSON.stringify(policy))
  if (movesListings(before, policy) && tx.value<number>('SELECT 1 FROM fact LIMIT 1') === 1) relist(tx, seq, 0)
  return ['status', 'listing', 'appeal']
}

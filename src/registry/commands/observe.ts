import { setImmediate as breathe } from 'node:timers/promises'
import type { SegmentRef } from '../../contract/registry.ts'
import type { Operator } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { addObserved, keepObserved, startObserving, violationsOfObserved } from '../db/sighting/queries.ts'
import { readObservations } from '../segment/readObservations.ts'
import type { Act } from './act.ts'
import { suspectClones } from './suspectClones.ts'

const DAYS_TO_BLOCK = 3
/** Violations one event names. */
const IN_AN_EVENT = 20_000

/**
 * Takes over the raw observations of an operator's batch, and tells what they show: blocked IMEIs that are still let in, codes that seem
 * to be on several devices. The writer's row is held.
 */
export async function observe(
  act: Act,
  batch: { readonly no: number; readonly id: string; readonly operator: Operator },
  refs: readonly SegmentRef[],
  policy: Policy,
): Promise<void> {
  const { tx } = act
  await startObserving(tx)
  for (const ref of refs)
    for await (const rows of readObservations(act.blobs, ref, batch.id)) await addObserved(tx, rows)
  await tellObserved(act, batch, policy)
}

/** Keeps the observed rows of a batch and tells what they show. */
export async function tellObserved(
  act: Act,
  batch: { readonly no: number; readonly operator: Operator },
  policy: Policy,
): Promise<void> {
  const { tx } = act
  await keepObserved(tx, batch.operator, batch.no)
  const found = await violationsOfObserved(tx, batch.operator, policy.daysToBlock ?? DAYS_TO_BLOCK)
  for (let from = 0; from < found.length; from += IN_AN_EVENT) {
    act.event('violations-found', { operator: batch.operator, found: found.slice(from, from + IN_AN_EVENT) })
    await breathe()
  }
  await suspectClones(act, policy)
}

import { setImmediate as breathe } from 'node:timers/promises'
import type { SegmentRef } from '../../contract/registry.ts'
import type { Operator } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import {
  addObserved,
  bringsUnknown,
  keepObserved,
  startObserving,
  violationsOfObserved,
} from '../db/sighting/queries.ts'
import { readObservations } from '../segment/readObservations.ts'
import type { Act } from './act.ts'
import { sightingsKeptFrom } from './sightingKeeper.ts'
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
  await read(act, batch.id, refs)
  await tellObserved(act, batch, policy)
}

/**
 * Whether a batch whose facts are known already observed something new: a second day of the same devices gives the same first sightings.
 * The registry alone can tell, since nothing of a subscriber goes into what desks compare.
 */
export async function observesMore(
  act: Act,
  batch: { readonly id: string; readonly operator: Operator },
  refs: readonly SegmentRef[],
): Promise<boolean> {
  await read(act, batch.id, refs)
  const policy = await currentPolicy(act.tx)
  return bringsUnknown(act.tx, batch.operator, sightingsKeptFrom(policy, act.actor.now))
}

async function read(act: Act, batch: string, refs: readonly SegmentRef[]): Promise<void> {
  await startObserving(act.tx)
  for (const ref of refs)
    for await (const rows of readObservations(act.blobs, ref, batch)) await addObserved(act.tx, rows)
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

import type { IsoDate } from '../domain/fact.ts'
import { SAMPLE_OFFICERS } from './officers.ts'
import type { SampleEvent, SmallSample } from './shape.ts'
import { addAppeals } from './small/appeals.ts'
import { addOverdrawn, addReported, addSeen, addWhite } from './small/listings.ts'
import { observationsOf } from './small/observations.ts'
import { SmallWorld } from './small/smallWorld.ts'
import { addTravellers } from './small/travellers.ts'

/**
 * Some thousand listings and sixty appeals, all made up. The same seed and day give the same sample; all dates lie before `today`
 * (business date), so that terms and clocks look alive. Needs a day after 1 October 2025.
 */
export function smallSample(options: { readonly seed: number; readonly today: IsoDate }): SmallSample {
  const world = new SmallWorld(options.seed, options.today)
  addWhite(world)
  addSeen(world)
  addReported(world)
  addTravellers(world)
  const appeals = addAppeals(world)
  // last, so that the devices before it are those they always were
  addOverdrawn(world)
  const finished = world.finish()
  const batches = finished.map((batch): SampleEvent => ({ type: 'batch', at: batch.at, batch }))
  return {
    officers: SAMPLE_OFFICERS,
    history: [...batches, ...appeals].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    observations: observationsOf(world, finished),
  }
}

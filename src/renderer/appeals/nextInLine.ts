import { engine, queryClient, reading } from '../app/queries.ts'
import { candidates } from './candidates.ts'
import { openEvidence } from './evidence.ts'
import type { ReviewMode } from './reviewMode.ts'

/** How many appeals are made ready: the registry chooses the next one and mostly takes the first. */
const AHEAD = 2

/** Fetches data and evidence of the appeals that come next, so that they stand on screen at once; answers their ids. */
export async function prepareNext(current: string, kind: ReviewMode): Promise<readonly string[]> {
  const state = kind === 'sign' ? 'awaiting-signature' : 'received'
  const { rows } = await engine.call('appeals', { state, open: false, mine: false, due: null, after: null, limit: 10 })
  const ids = candidates(rows, current, new Date().toISOString())
    .slice(0, AHEAD)
    .map(({ id }) => id)
  for (const id of ids) {
    const appeal = await queryClient.fetchQuery(reading('appeal', { id }))
    await Promise.allSettled(
      appeal.evidence.slice(0, 3).map(async (file) => {
        const evidence = await openEvidence(id, file)
        await evidence.page(0)
      }),
    )
  }
  return ids
}

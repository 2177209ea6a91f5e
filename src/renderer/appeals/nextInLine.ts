import { AWAITING_SIGNATURE } from '../app/nextAppeal.ts'
import { engine, queryClient, reading } from '../app/queries.ts'
import { candidates } from './candidates.ts'
import { openEvidence } from './evidence.ts'
import type { ReviewMode } from './reviewMode.ts'

/** How many appeals are made ready: the registry chooses the next one and mostly takes the first. */
const AHEAD = 2

/** Files of an appeal made ready with it. */
const FILES_AHEAD = 3

/**
 * Fetches data and evidence of the appeals that come next, so that they stand on screen at once; answers their ids. With the machine's
 * help the papers of the first of them are also read, behind those on screen.
 */
export async function prepareNext(current: string, kind: ReviewMode, machineHelp: boolean): Promise<readonly string[]> {
  const ids =
    kind === 'sign' ? await nextToSign(current) : await engine.call('next-appeals', { besides: current, limit: AHEAD })
  for (const id of ids) {
    const appeal = await queryClient.fetchQuery(reading('appeal', { id }))
    await Promise.allSettled(
      appeal.evidence.slice(0, FILES_AHEAD).map(async (file) => {
        const evidence = await openEvidence(id, file)
        await evidence.page(0)
      }),
    )
    if (machineHelp && id === ids[0])
      // a file that cannot be read is told of when it is shown
      for (const { sha256 } of appeal.evidence.slice(0, FILES_AHEAD))
        void queryClient.prefetchQuery({
          ...reading('evidence-reading', { id, sha256 }),
          queryFn: () => engine.call('evidence-reading', { id, sha256, behind: current }),
        })
  }
  return ids
}

async function nextToSign(current: string): Promise<readonly string[]> {
  const { rows } = await engine.call('appeals', AWAITING_SIGNATURE)
  return candidates(rows, current, new Date().toISOString())
    .slice(0, AHEAD)
    .map(({ id }) => id)
}

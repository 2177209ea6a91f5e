import { AWAITING_SIGNATURE } from '../app/nextAppeal.ts'
import { engine, queryClient, reading } from '../app/queries.ts'
import { candidates } from './candidates.ts'
import { openPage } from './evidence.ts'
import type { ReviewMode } from './reviewMode.ts'

/** How many appeals are made ready: the registry chooses the next one and mostly takes the first. */
const AHEAD = 2

/** Files of an appeal made ready with it. */
const FILES_AHEAD = 3

/**
 * Fetches data and evidence of the appeals that come next, so that they stand on screen at once. `ready` is told their ids as they stand
 * ready, and again when more of the first of them is known. With the machine's help the papers of that one are also read, behind those
 * on screen.
 */
export async function prepareNext(
  current: string,
  kind: ReviewMode,
  machineHelp: boolean,
  ready: (ids: readonly string[]) => void,
): Promise<void> {
  const ids =
    kind === 'sign' ? await nextToSign(current) : await engine.call('next-appeals', { besides: current, limit: AHEAD })
  for (const [at, id] of ids.entries()) {
    const appeal = await queryClient.fetchQuery(reading('appeal', { id }))
    const files = appeal.evidence.slice(0, FILES_AHEAD)
    await Promise.allSettled([
      ...files.map((file) => openPage(id, file, 0)),
      ...files.map(({ sha256 }) => queryClient.prefetchQuery(reading('evidence-notes', { id, sha256 }))),
    ])
    const more = (): void => ready(ids.slice(0, at + 1))
    more()
    if (at > 0) continue
    void queryClient.prefetchQuery(reading('evidence-lookalikes', { id })).then(more)
    // a file that cannot be read is told of when it is shown
    for (const { sha256 } of machineHelp ? files : [])
      void queryClient
        .prefetchQuery({
          ...reading('evidence-reading', { id, sha256 }),
          queryFn: () => engine.call('evidence-reading', { id, sha256, behind: current }),
        })
        .then(more)
  }
  if (ids.length === 0) ready(ids)
}

async function nextToSign(current: string): Promise<readonly string[]> {
  const { rows } = await engine.call('appeals', AWAITING_SIGNATURE)
  return candidates(rows, current, new Date().toISOString())
    .slice(0, AHEAD)
    .map(({ id }) => id)
}

import { ProblemError } from '../../domain/problem.ts'
import { cursorOf } from '../db/mirror.ts'
import type { CacheStore } from '../db/store.ts'
import type { Log } from './desk.ts'
import { listen } from './live.ts'
import type { RegistryLink } from './registryLink.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/** A round that failed while the stream stayed open is made again this often, and so is what a lost answer left unsent. */
const AGAIN_MS = 15_000

export interface FollowingParts {
  readonly link: RegistryLink
  readonly cache: CacheStore
  /** Commands wait to be sent. */
  readonly waiting: () => boolean
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Follows the registry until `signal`: a round whenever the live stream says that the feed has moved; when the stream or a round
 * fails, again after a growing pause. An unknown event or a damaged segment is retried too, slowly: the registry may mend it.
 */
export async function follow({ link, cache, waiting, log, signal }: FollowingParts): Promise<void> {
  const round = (): void => {
    link.round().catch((error: unknown) => report(log, error))
  }
  let wait = FIRST_WAIT_MS
  while (!signal.aborted) {
    try {
      await link.round()
      wait = FIRST_WAIT_MS
      const again = setInterval(() => {
        if (link.state !== 'online' || waiting()) round()
      }, AGAIN_MS)
      try {
        await listen(link.required(), signal, (hint) => {
          const { epoch, seq } = cursorOf(cache.read)
          if (hint.head > seq || hint.epoch !== epoch) round()
        })
      } finally {
        clearInterval(again)
      }
    } catch (error) {
      report(log, error)
    }
    if (signal.aborted) return
    await pause(wait * (0.5 + Math.random() / 2), signal)
    wait = Math.min(wait * 2, LONGEST_WAIT_MS)
  }
}

/** Problems are in the link's state already; anything else is a bug and is logged. */
function report(log: Log, error: unknown): void {
  if (!(error instanceof ProblemError)) log.error('a round of sync failed', error)
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

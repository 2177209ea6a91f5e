import type { Instant } from '../../domain/fact.ts'
import type { Cursor } from '../db/mirror.ts'

const HOUR_MS = 3_600_000

/** Without an answer of the registry for longer than it allows, a desk only reads. */
export const isReadOnly = (cursor: Pick<Cursor, 'syncedAt' | 'offlineHours'>, now: Instant): boolean =>
  cursor.syncedAt !== null &&
  cursor.offlineHours !== null &&
  Date.parse(now) - Date.parse(cursor.syncedAt) > cursor.offlineHours * HOUR_MS

/** How late an open window may learn of it. */
const LOOK_EVERY_MS = 15_000

/**
 * Tells when a desk begins or ceases to be read-only: when the allowed hours are over nothing else happens that would. Looks again and
 * again, since a timer for the whole time would stand still while the computer sleeps. Ends with the signal.
 */
export function watchReadOnly(isNow: () => boolean, tell: () => void, signal: AbortSignal): void {
  let told = isNow()
  const timer = setInterval(() => {
    const now = isNow()
    if (now === told) return
    told = now
    tell()
  }, LOOK_EVERY_MS).unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

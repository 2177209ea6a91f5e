import type { Instant } from '../../domain/fact.ts'
import type { Cursor } from '../db/mirror.ts'

const HOUR_MS = 3_600_000

/** Without an answer of the registry for longer than it allows, a desk only reads. */
export const isReadOnly = (cursor: Pick<Cursor, 'syncedAt' | 'offlineHours'>, now: Instant): boolean =>
  cursor.syncedAt !== null &&
  cursor.offlineHours !== null &&
  Date.parse(now) - Date.parse(cursor.syncedAt) > cursor.offlineHours * HOUR_MS

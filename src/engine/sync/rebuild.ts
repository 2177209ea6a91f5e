import type { Home } from '../db/home.ts'
import { offerAgain } from './outbox.ts'

/**
 * The registry's history is another one (restored from a backup, or lost its last events): the mirror begins anew, and what the old
 * history had acknowledged is offered again under the same ids. First desk.db, then the mirror: killed in between, the mirror still
 * has the old epoch and this runs again. Answers how many commands go out again.
 */
export function rebuild(home: Home, epoch: string): number {
  const offered = home.desk.write((tx) => offerAgain(tx, epoch))
  home.cache.empty((tx) => tx.run('UPDATE cursor SET epoch = ? WHERE id = 1', epoch))
  return offered
}

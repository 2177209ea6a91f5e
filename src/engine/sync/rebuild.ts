import type { FeedEvent, Hello } from '../../contract/registry.ts'
import type { Seq } from '../../domain/fact.ts'
import type { Home } from '../db/home.ts'
import { cursorOf, momentOf } from '../db/mirror.ts'
import { mustBoot } from './boot.ts'
import { offerAgain } from './outbox.ts'

/** What became of the mirror: kept and to be compared, begun anew, or old until a new one was built from the snapshot. */
export type Rebuilt = 'kept' | 'emptied' | 'booting'

/**
 * The registry's history is another one (restored from a backup, or lost its last events): what the old history had acknowledged is
 * offered again under the same ids. A mirror of nothing that the registry does not have stays, and is compared; any other is built
 * anew. First desk.db, then the mirror: killed in between, the mirror still has the old epoch and this runs again.
 * `eventAt` asks the registry for one of its events.
 */
export async function rebuild(
  home: Home,
  hello: Hello,
  eventAt: (seq: Seq) => Promise<FeedEvent | null>,
): Promise<{ readonly offered: number; readonly mirror: Rebuilt }> {
  const { epoch } = hello
  const offered = home.desk.write((tx) => offerAgain(tx, epoch))
  const cursor = cursorOf(home.cache.read)
  // a mirror that never had a history has nothing to be thrown away
  if (cursor.epoch === null && cursor.seq === 0) {
    home.cache.write((tx) => tx.run(`UPDATE cursor SET epoch = ?, opened = 'open' WHERE id = 1`, epoch))
    return { offered, mirror: 'emptied' }
  }
  if (cursor.epoch !== null && (await isOfThisHistory(home, cursor.seq, hello, eventAt))) {
    home.cache.write((tx) => tx.run(`UPDATE cursor SET epoch = ?, opened = 'suspect' WHERE id = 1`, epoch))
    return { offered, mirror: 'kept' }
  }
  if (mustBoot(cursor, hello) && cursor.epoch !== null) return { offered, mirror: 'booting' }
  home.cache.empty((tx) => tx.run(`UPDATE cursor SET epoch = ?, opened = 'open' WHERE id = 1`, epoch))
  return { offered, mirror: 'emptied' }
}

/** The last event of the mirror is one of the registry's, told at the same moment: what came before it is the same too. */
async function isOfThisHistory(
  home: Home,
  seq: Seq,
  hello: Hello,
  eventAt: (seq: Seq) => Promise<FeedEvent | null>,
): Promise<boolean> {
  if (seq === 0 || seq > hello.head || seq < hello.oldest) return false
  const theirs = await eventAt(seq)
  return theirs !== null && theirs.seq === seq && theirs.at === momentOf(home.cache.read, seq)
}

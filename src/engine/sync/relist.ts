import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import type { Imei14, Seq } from '../../domain/fact.ts'
import { type LiveBatch, liveBatches } from '../db/facts.ts'
import type { Reader, Writer } from '../db/handle.ts'
import { forgetUnsaid, ListWriter } from '../db/listWriter.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { CacheStore } from '../db/store.ts'
import { listApart } from './relistApart.ts'
import { BEYOND_ALL, ChangeLog, type KEYS_OF, type Merged, mergeKeys, mergeThrough } from './relistEach.ts'
import { RememberedEntries } from './rememberedEntries.ts'

/** In the place of a batch: the IMEIs that are listed. */
export const RELIST_LISTED = -1
/** Facts or IMEIs of one transaction: some 30 ms, of IMEIs with a history 60. */
const A_CHUNK = 30_000

interface Task {
  readonly seq: Seq
  readonly batch: number
  readonly after: Imei14
  /** None of the batch's IMEIs lies above. */
  readonly end: Imei14
}

const NEXT_TASK = `SELECT r.seq, r.batch, r.after, coalesce(s.last, ${BEYOND_ALL}) AS end
  FROM relist r LEFT JOIN batch_span s ON s.batch = r.batch ORDER BY r.seq, r.batch LIMIT 1`
const nextTask = (cache: Reader): Task | undefined => cache.query<Task>(NEXT_TASK).get()

/** True while stored listings lag behind the facts. */
export const isRelisting = (cache: Reader): boolean => nextTask(cache) !== undefined

/**
 * Merges the stored lists (grey, black) with the facts of one chunk of touched IMEIs, `most` facts or IMEIs, in one transaction with the
 * note of how far it came. Answers how many IMEIs it went through, or null when nothing was left to do.
 */
export function relistChunk(cache: CacheStore, most: number = A_CHUNK): number | null {
  const task = nextTask(cache.read)
  if (!task) return null
  return cache.write((tx) => {
    const lists = new ListWriter(tx)
    const live = liveBatches(tx, {})
    const log = new ChangeLog()
    const entries = new RememberedEntries(tx, policyAt(tx, cursorOf(tx).seq), live, lists, task.batch)
    const merged = mergeChunk(tx, { ...task, most }, live, lists, entries, log)
    lists.finish()
    log.write(tx)
    noteDone(tx, task, merged)
    return merged.keys
  })
}

function mergeChunk(
  tx: Writer,
  chunk: Task & { readonly most: number },
  live: ReadonlyMap<number, LiveBatch>,
  lists: ListWriter,
  entries: RememberedEntries,
  log: ChangeLog,
): Merged {
  const keys = keysOfTask(tx, chunk.batch)
  const lie = keys === 'large' ? lieOf(tx, chunk) : 'scattered'
  const stretch = lie === 'alone' ? listApart(tx, chunk, live, lists, entries) : null
  if (stretch) {
    log.all()
    return stretch
  }
  if (lie === 'scattered') return mergeKeys(tx, { ...chunk, keys }, lists, entries, log)
  return mergeThrough(tx, chunk, lists, entries, log)
}

/** How the next IMEIs of a batch lie among others, told by the first facts. */
type Lie = 'alone' | 'close' | 'scattered'
const SAMPLE = 500
/** Where one of so many facts is the batch's, reading through all costs less than going for each. */
const CLOSE = 4
export const BATCHES_AFTER = `SELECT count(*), total(batch = ?2) FROM (
  SELECT batch FROM fact WHERE imei14 > ?1 AND imei14 <= ?3 ORDER BY imei14 LIMIT ${SAMPLE})`

function lieOf(tx: Reader, { batch, after, end }: Task): Lie {
  const [facts, own] = tx.rows<[number, number]>(BATCHES_AFTER).get(after, batch, end) ?? [0, 0]
  if (own === facts) return 'alone'
  return own * CLOSE >= facts ? 'close' : 'scattered'
}

function noteDone(tx: Writer, { seq, batch }: Task, { last }: Merged): void {
  if (last !== null) {
    tx.run('UPDATE relist SET after = ? WHERE seq = ? AND batch = ?', last, seq, batch)
    return
  }
  tx.run('DELETE FROM relist WHERE seq = ? AND batch = ?', seq, batch)
  forgetUnsaid(tx)
}

function keysOfTask(cache: Reader, batch: number): keyof typeof KEYS_OF {
  if (batch === 0) return 'all'
  if (batch === RELIST_LISTED) return 'listed'
  const rows = cache.value<number>('SELECT rows FROM batch WHERE no = ?', batch) ?? 0
  return rows <= KEYS_KEPT_UP_TO ? 'small' : 'large'
}

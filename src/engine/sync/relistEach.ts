import type { Imei14 } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'
import { batchOf, PLACE, type Place, type RememberedEntries } from './rememberedEntries.ts'

/** Of a large list the log only says that all is to be read anew. */
const MOST_LOGGED = 1000
const ALL_ANEW = 0
const LOG = 'INSERT INTO listing_log(imei14) VALUES (?)'
/** What reads the log and is further behind reads everything anew. */
const FORGET_OLD_LOG = 'DELETE FROM listing_log WHERE n < (SELECT max(n) FROM listing_log) - 100000'

/** Which IMEIs' listings changed, for those who keep something beside the lists. */
export class ChangeLog {
  readonly #changed: [Imei14][] = []
  #more = false

  add(imei14: Imei14): void {
    if (this.#changed.length < MOST_LOGGED) this.#changed.push([imei14])
    else this.#more = true
  }

  all(): void {
    this.#more = true
  }

  write(tx: Writer): void {
    if (this.#more) tx.run(LOG, ALL_ANEW)
    else tx.insertSorted('listing_log', ['imei14'], this.#changed)
    tx.run(FORGET_OLD_LOG)
  }
}

/** What a chunk looked at: up to and with IMEI `last`, null when it came to the end. */
export interface Merged {
  readonly keys: number
  readonly last: Imei14 | null
}

/** The touched IMEIs of a task from `?1` on, ascending; `?2` of them; `?3` is the batch. */
export const KEYS_OF = {
  all: 'SELECT DISTINCT imei14 FROM fact WHERE imei14 > ?1 ORDER BY imei14',
  listed: 'SELECT imei14 FROM listed WHERE imei14 > ?1 ORDER BY imei14',
  small: 'SELECT imei14 FROM batch_imei WHERE batch = ?3 AND imei14 > ?1 ORDER BY imei14',
  large: 'SELECT imei14 FROM fact WHERE imei14 > ?1 AND batch = ?3 ORDER BY imei14',
} as const

export const factsOfKeysSql = (keys: keyof typeof KEYS_OF): string =>
  `SELECT k.imei14, ${PLACE}, l.entry FROM (${KEYS_OF[keys]} LIMIT ?2) k
   LEFT JOIN fact f ON f.imei14 = k.imei14 LEFT JOIN listed l ON l.imei14 = k.imei14`

/** Looks at all facts of each IMEI that the task names, `most` of them. */
export function mergeKeys(
  tx: Writer,
  { keys, batch, after, most }: { keys: keyof typeof KEYS_OF; batch: number; after: Imei14; most: number },
  lists: ListWriter,
  entries: RememberedEntries,
  log: ChangeLog,
): Merged {
  type KnownRow = [imei14: Imei14, place: Place, stored: Entry | null]
  type Row = KnownRow | [imei14: Imei14, place: null, stored: Entry | null]
  const rows = tx.rows<Row>(factsOfKeysSql(keys)).all(after, most, batch)
  let count = 0
  for (let at = 0; at < rows.length; count++) {
    const [imei14, place, stored] = rows[at] as Row
    const first = at
    do at++
    while (rows[at]?.[0] === imei14)
    // an IMEI without any fact comes with one row of nothing
    const now = place === null ? 0 : entries.of(rows as KnownRow[], first, at)
    const before = stored ?? 0
    if (now === before) continue
    lists.move(imei14, before, now)
    log.add(imei14)
  }
  return { keys: count, last: count < most ? null : (rows.at(-1)?.[0] ?? null) }
}

export const FACTS_AFTER = `SELECT imei14, ${PLACE} FROM fact WHERE imei14 > ? ORDER BY imei14 LIMIT ?`
export const LISTED_BETWEEN = 'SELECT imei14, entry FROM listed WHERE imei14 > ? AND imei14 <= ?'

/**
 * Reads through the next `most` facts, and the lists beside them, and looks at the IMEIs that have one of `batch`: where these lie close
 * together that costs less than to go for each of them.
 */
export function mergeThrough(
  tx: Writer,
  { batch, after, most }: { batch: number; after: Imei14; most: number },
  lists: ListWriter,
  entries: RememberedEntries,
  log: ChangeLog,
): Merged {
  const rows = tx.rows<[Imei14, Place]>(FACTS_AFTER).all(after, most)
  const isEnd = rows.length < most
  const cut = isEnd ? rows.length : firstOfLast(rows)
  const last = rows[cut - 1]?.[0]
  if (last === undefined) return { keys: 0, last: null }
  const listed = tx.rows<[Imei14, Entry]>(LISTED_BETWEEN).all(after, last)
  let beside = 0
  let count = 0
  for (let at = 0; at < cut; ) {
    const imei14 = (rows[at] as [Imei14, Place])[0]
    const first = at
    let isTouched = false
    for (let row = rows[at]; row !== undefined && row[0] === imei14; row = rows[++at])
      if (batchOf(row[1]) === batch) isTouched = true
    if (!isTouched) continue
    count++
    while ((listed[beside]?.[0] ?? Number.POSITIVE_INFINITY) < imei14) beside++
    const there = listed[beside]
    const before = there?.[0] === imei14 ? there[1] : 0
    const now = entries.of(rows, first, at)
    if (now === before) continue
    lists.move(imei14, before, now)
    log.add(imei14)
  }
  return { keys: count, last: isEnd ? null : last }
}

/** Where the last IMEI's facts begin: others of it may not have been read. */
function firstOfLast(rows: readonly (readonly [Imei14, Place])[]): number {
  const last = rows.at(-1)?.[0]
  let first = rows.length
  while (first > 0 && rows[first - 1]?.[0] === last) first--
  if (first === 0) throw new Error('an IMEI has more facts than one chunk')
  return first
}

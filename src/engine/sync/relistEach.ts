import type { Imei14 } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'
import type { RememberedEntries } from './rememberedEntries.ts'

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

/** Columns come as one text each: row by row they would cost more to hand over than to find. */
export const factsOfKeysSql = (keys: keyof typeof KEYS_OF): string =>
  `SELECT json_group_array(imei14), json_group_array(batch), json_group_array(doc), json_group_array(entry) FROM (
   SELECT k.imei14, f.batch, f.doc, l.entry FROM (${KEYS_OF[keys]} LIMIT ?2) k
   LEFT JOIN fact f ON f.imei14 = k.imei14 LEFT JOIN listed l ON l.imei14 = k.imei14)`

const parsed = <T>(text: string | undefined): readonly T[] => JSON.parse(text ?? '[]') as T[]

/** Looks at all facts of each IMEI that the task names, `most` of them. */
export function mergeKeys(
  tx: Writer,
  { keys, batch, after, most }: { keys: keyof typeof KEYS_OF; batch: number; after: Imei14; most: number },
  lists: ListWriter,
  entries: RememberedEntries,
  log: ChangeLog,
): Merged {
  const found = tx.rows<[string, string, string, string]>(factsOfKeysSql(keys)).get(after, most, batch)
  const facts = {
    imeis: parsed<Imei14>(found?.[0]),
    batches: parsed<number>(found?.[1]),
    docs: parsed<number>(found?.[2]),
  }
  const stored = parsed<Entry | null>(found?.[3])
  const { imeis } = facts
  let count = 0
  for (let at = 0; at < imeis.length; count++) {
    const imei14 = imeis[at] as Imei14
    const first = at
    do at++
    while (imeis[at] === imei14)
    change(imei14, stored[first] ?? 0, entries.of(facts, first, at), lists, log)
  }
  return { keys: count, last: count < most ? null : (imeis.at(-1) ?? null) }
}

function change(imei14: Imei14, before: Entry, now: Entry, lists: ListWriter, log: ChangeLog): void {
  if (now === before) return
  lists.move(imei14, before, now)
  log.add(imei14)
}

export const FACTS_AFTER = `SELECT json_group_array(imei14), json_group_array(batch), json_group_array(doc) FROM (
  SELECT imei14, batch, doc FROM fact WHERE imei14 > ? ORDER BY imei14 LIMIT ?)`
export const LISTED_BETWEEN = `SELECT json_group_array(imei14), json_group_array(entry) FROM (
  SELECT imei14, entry FROM listed WHERE imei14 > ? AND imei14 <= ? ORDER BY imei14)`

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
  const found = tx.rows<[string, string, string]>(FACTS_AFTER).get(after, most)
  const facts = {
    imeis: parsed<Imei14>(found?.[0]),
    batches: parsed<number>(found?.[1]),
    docs: parsed<number>(found?.[2]),
  }
  const { imeis, batches } = facts
  const isEnd = imeis.length < most
  const cut = isEnd ? imeis.length : firstOfLast(imeis)
  const last = imeis[cut - 1]
  if (last === undefined) return { keys: 0, last: null }
  const beside = tx.rows<[string, string]>(LISTED_BETWEEN).get(after, last)
  const listed = parsed<Imei14>(beside?.[0])
  const said = parsed<Entry>(beside?.[1])
  let next = 0
  let count = 0
  for (let at = 0; at < cut; ) {
    const imei14 = imeis[at] as Imei14
    const first = at
    let isTouched = false
    do if (batches[at] === batch) isTouched = true
    while (imeis[++at] === imei14)
    if (!isTouched) continue
    count++
    while (next < listed.length && (listed[next] as Imei14) < imei14) next++
    change(imei14, listed[next] === imei14 ? (said[next] ?? 0) : 0, entries.of(facts, first, at), lists, log)
  }
  return { keys: count, last: isEnd ? null : last }
}

/** Where the last IMEI's facts begin: others of it may not have been read. */
function firstOfLast(imeis: readonly Imei14[]): number {
  const last = imeis.at(-1)
  let first = imeis.length
  while (first > 0 && imeis[first - 1] === last) first--
  if (first === 0) throw new Error('an IMEI has more facts than one chunk')
  return first
}

import { DOCS_A_BATCH } from '../../contract/segment.ts'
import type { Imei14 } from '../../domain/fact.ts'
import type { Writer } from '../db/handle.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'
import { CODE_OF_FACT, type FactCode, type RememberedEntries } from './rememberedEntries.ts'

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

/** Above every IMEI. */
export const BEYOND_ALL = 10 ** 14

/** What of a batch's IMEIs a chunk looks at: `most` facts or IMEIs of those above `after`, none of which lies above `end`. */
export interface Stretch {
  readonly batch: number
  readonly after: Imei14
  readonly end: Imei14
  readonly most: number
}

/** What a chunk looked at: up to and with IMEI `last`, null when it came to the end. */
export interface Merged {
  readonly keys: number
  readonly last: Imei14 | null
}

/** The touched IMEIs of a task from `?1` on, ascending; `?2` of them; `?3` is the batch, `?4` the IMEI it ends with. */
export const KEYS_OF = {
  all: 'SELECT DISTINCT imei14 FROM fact WHERE imei14 > ?1 ORDER BY imei14',
  listed: 'SELECT imei14 FROM listed WHERE imei14 > ?1 ORDER BY imei14',
  small: 'SELECT imei14 FROM batch_imei WHERE batch = ?3 AND imei14 > ?1 ORDER BY imei14',
  large: 'SELECT imei14 FROM fact WHERE imei14 > ?1 AND imei14 <= ?4 AND batch = ?3 ORDER BY imei14',
} as const

/** Columns come as one text each: row by row they would cost more to hand over than to find. */
export const factsOfKeysSql = (keys: keyof typeof KEYS_OF): string =>
  `SELECT json_group_array(imei14), json_group_array(${CODE_OF_FACT}), json_group_array(entry) FROM (
   SELECT k.imei14, f.batch, f.doc, l.entry FROM (${KEYS_OF[keys]} LIMIT ?2) k
   LEFT JOIN fact f ON f.imei14 = k.imei14 LEFT JOIN listed l ON l.imei14 = k.imei14)`

const parsed = <T>(text: string | undefined): readonly T[] => JSON.parse(text ?? '[]') as T[]

/** Looks at all facts of each IMEI that the task names, `most` of them. */
export function mergeKeys(
  tx: Writer,
  { keys, batch, after, end, most }: Stretch & { readonly keys: keyof typeof KEYS_OF },
  lists: ListWriter,
  entries: RememberedEntries,
  log: ChangeLog,
): Merged {
  const found = tx.rows<[string, string, string]>(factsOfKeysSql(keys)).get(after, most, batch, end)
  const imeis = parsed<Imei14>(found?.[0])
  const codes = parsed<FactCode | null>(found?.[1])
  const stored = parsed<Entry | null>(found?.[2])
  let count = 0
  for (let at = 0; at < imeis.length; count++) {
    const imei14 = imeis[at] as Imei14
    const first = at
    do at++
    while (imeis[at] === imei14)
    change(imei14, stored[first] ?? 0, entries.of(codes, first, at), lists, log)
  }
  return { keys: count, last: count < most ? null : (imeis.at(-1) ?? null) }
}

function change(imei14: Imei14, before: Entry, now: Entry, lists: ListWriter, log: ChangeLog): void {
  if (now === before) return
  lists.move(imei14, before, now)
  log.add(imei14)
}

/** The IMEI of the fact so many facts further on: a stretch ends with all facts of it. */
export const END_OF_STRETCH = 'SELECT imei14 FROM fact WHERE imei14 > ? ORDER BY imei14 LIMIT 1 OFFSET ?'

/** The next `most` facts after an IMEI and the others of the last of them: up to and with `upTo`. `last` is null where the batch ends with them. */
export function stretchOf(tx: Writer, { after, end, most }: Stretch): { last: Imei14 | null; upTo: Imei14 } {
  const last = tx.value<Imei14>(END_OF_STRETCH, after, most - 1) ?? null
  return last === null || last >= end ? { last: null, upTo: end } : { last, upTo: last }
}

/** Short numbers cost less to write and to read: IMEIs as what they lie above the beginning, facts of the batch as their document alone. */
export const FACTS_BETWEEN = `SELECT json_group_array(imei14 - CAST(?1 AS INTEGER)),
    json_group_array(CASE batch WHEN CAST(?3 AS INTEGER) THEN doc ELSE ${CODE_OF_FACT} END)
  FROM fact WHERE imei14 > ?1 AND imei14 <= ?2`
export const LISTED_BETWEEN = `SELECT json_group_array(imei14 - CAST(?1 AS INTEGER)), json_group_array(entry)
  FROM listed WHERE imei14 > ?1 AND imei14 <= ?2`

/**
 * Reads through the next `most` facts, and the lists beside them, and looks at the IMEIs that have one of `batch`: where these lie close
 * together that costs less than to go for each of them.
 */
export function mergeThrough(
  tx: Writer,
  stretch: Stretch,
  lists: ListWriter,
  entries: RememberedEntries,
  log: ChangeLog,
): Merged {
  const { batch, after } = stretch
  const { last, upTo } = stretchOf(tx, stretch)
  const [aboves, codes] = columns(tx, FACTS_BETWEEN, after, upTo, batch)
  const [listed, said] = columns(tx, LISTED_BETWEEN, after, upTo, batch)
  let next = 0
  let count = 0
  for (let at = 0; at < aboves.length; ) {
    const above = aboves[at] as number
    const first = at
    let isTouched = false
    do {
      if ((codes[at] as FactCode) < DOCS_A_BATCH) isTouched = true
    } while (aboves[++at] === above)
    if (!isTouched) continue
    count++
    while (next < listed.length && (listed[next] as number) < above) next++
    change(after + above, listed[next] === above ? (said[next] ?? 0) : 0, entries.of(codes, first, at), lists, log)
  }
  return { keys: count, last }
}

/** Both statements read by the key of their table; that its order is also the order of what they gather is held here. */
function columns(
  tx: Writer,
  sql: string,
  after: Imei14,
  upTo: Imei14,
  batch: number,
): [readonly number[], readonly number[]] {
  const found = tx.rows<[string, string]>(sql).get(after, upTo, batch)
  const aboves = parsed<number>(found?.[0])
  let before = 0
  for (const above of aboves) {
    if (above < before) throw new Error('a stretch did not come in order of IMEI')
    before = above
  }
  return [aboves, parsed<number>(found?.[1])]
}

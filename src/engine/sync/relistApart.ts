import type { Imei14 } from '../../domain/fact.ts'
import type { LiveBatch } from '../db/facts.ts'
import type { Writer } from '../db/handle.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'

/** IMEIs of a large batch above `after` up to and with `last`. */
export interface Stretch {
  readonly batch: number
  readonly after: Imei14
  readonly last: Imei14
  readonly keys: number
}

/** Of a batch with more documents than this share of the keys it pays to look at the keys one by one. */
const KEYS_A_DOC = 50

export const LAST_OF_STRETCH = `SELECT count(*), max(imei14) FROM (
  SELECT imei14 FROM fact WHERE imei14 > ? AND batch = ? ORDER BY imei14 LIMIT ?)`
export const FACTS_IN_STRETCH = 'SELECT count(*) FROM fact WHERE imei14 > ? AND imei14 <= ?'
export const ANY_LISTED = 'SELECT 1 FROM listed WHERE imei14 > ? AND imei14 <= ? LIMIT 1'
const DOCS = 'SELECT no FROM doc WHERE batch = ? ORDER BY no LIMIT ?'
const SAYS = 'CREATE TEMP TABLE IF NOT EXISTS doc_says(doc INTEGER PRIMARY KEY, entry INTEGER NOT NULL) STRICT'
const LIST_STRETCH = `INSERT INTO listed(imei14, entry)
  SELECT f.imei14, s.entry FROM fact f CROSS JOIN temp.doc_says s ON s.doc = f.doc
  WHERE f.imei14 > ? AND f.imei14 <= ? AND s.entry <> 0 ORDER BY f.imei14`
const COUNT_STRETCH = 'SELECT entry, count(*) FROM listed WHERE imei14 > ? AND imei14 <= ? GROUP BY entry'

/** The next stretch of a batch of so many keys at most; null when none is left. */
export function stretchOf(tx: Writer, batch: number, after: Imei14, most: number): Stretch | null {
  const [keys, last] = tx.rows<[number, Imei14 | null]>(LAST_OF_STRETCH).get(after, batch, most) ?? [0, null]
  return last === null ? null : { batch, after, last, keys }
}

/**
 * Lists the IMEIs of a stretch in which nothing was known before this batch: what a new list brings for the most part. Each has one fact,
 * so its document alone decides, and the rows go from one table into the other without being looked at. Answers false, having
 * done nothing, where other facts or listings lie between them, or where the documents are too many.
 */
export function listApart(
  tx: Writer,
  { batch, after, last, keys }: Stretch,
  live: ReadonlyMap<number, LiveBatch>,
  lists: ListWriter,
  entryOfDoc: (doc: number) => Entry,
): boolean {
  if (!live.has(batch) || tx.value<number>(ANY_LISTED, after, last) === 1) return false
  if (tx.value<number>(FACTS_IN_STRETCH, after, last) !== keys) return false
  const most = Math.floor(keys / KEYS_A_DOC)
  const docs = tx.rows<[number]>(DOCS).all(batch, most + 1)
  if (docs.length > most) return false
  const says = docs.map(([doc]): [number, Entry] => [doc, entryOfDoc(doc)])
  if (says.every(([, entry]) => entry === 0)) return true
  tx.run(SAYS)
  tx.run('DELETE FROM temp.doc_says')
  tx.insertSorted('temp.doc_says', ['doc', 'entry'], says)
  tx.run(LIST_STRETCH, after, last)
  for (const [entry, count] of tx.rows<[Entry, number]>(COUNT_STRETCH).all(after, last)) lists.brought(entry, count)
  return true
}

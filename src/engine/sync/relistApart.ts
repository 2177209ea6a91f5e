import type { LiveBatch } from '../db/facts.ts'
import type { Writer } from '../db/handle.ts'
import type { Entry, ListWriter } from '../db/listWriter.ts'
import { type Merged, type Stretch, stretchOf } from './relistEach.ts'
import type { RememberedEntries } from './rememberedEntries.ts'

/** Of a batch with more documents than this share of the facts it pays to look at the IMEIs one by one. */
const FACTS_A_DOC = 50

/** One answer of all documents: row by row they would take twice as long, grouped they would be sorted. */
export const STRETCH = `SELECT count(*) FILTER (WHERE batch <> ?3), json_group_array(doc)
  FROM fact WHERE imei14 > ?1 AND imei14 <= ?2`
export const ANY_LISTED = 'SELECT 1 FROM listed WHERE imei14 > ? AND imei14 <= ? LIMIT 1'
const DOCS = 'SELECT no FROM doc WHERE batch = ? ORDER BY no LIMIT ?'
const SAYS = 'CREATE TEMP TABLE IF NOT EXISTS doc_says(doc INTEGER PRIMARY KEY, entry INTEGER NOT NULL) STRICT'
const LIST_STRETCH = `INSERT INTO listed(imei14, entry)
  SELECT f.imei14, s.entry FROM fact f CROSS JOIN temp.doc_says s ON s.doc = f.doc
  WHERE f.imei14 > ? AND f.imei14 <= ? AND s.entry <> 0 ORDER BY f.imei14`

/**
 * Lists the IMEIs of a stretch in which nothing was known before this batch: what a new list brings for the most part. Each has one fact,
 * so its document alone decides, and the rows go from one table into the other without being looked at. Answers null, having
 * done nothing, where other facts or listings lie between them, or where the documents are too many.
 */
export function listApart(
  tx: Writer,
  stretch: Stretch,
  live: ReadonlyMap<number, LiveBatch>,
  lists: ListWriter,
  entries: RememberedEntries,
): Merged | null {
  const { batch, after } = stretch
  if (!live.has(batch)) return null
  const { last, upTo } = stretchOf(tx, stretch)
  const [others, told] = tx.rows<[number, string]>(STRETCH).get(after, upTo, batch) ?? [0, '[]']
  if (others > 0 || tx.value<number>(ANY_LISTED, after, upTo) === 1) return null
  const docsOfFacts = JSON.parse(told) as number[]
  const facts = docsOfFacts.length
  const mostDocs = Math.floor(facts / FACTS_A_DOC)
  const docs = tx.rows<[number]>(DOCS).all(batch, mostDocs + 1)
  if (docs.length > mostDocs) return null
  const says = new Map(docs.map(([doc]): [number, Entry] => [doc, entries.ofOne(batch, doc)]))
  if ([...says.values()].every((entry) => entry === 0)) return { keys: facts, last }
  tx.run(SAYS)
  tx.run('DELETE FROM temp.doc_says')
  tx.insertSorted('temp.doc_says', ['doc', 'entry'], says)
  tx.run(LIST_STRETCH, after, upTo)
  const count = new Map<number, number>()
  for (const doc of docsOfFacts) count.set(doc, (count.get(doc) ?? 0) + 1)
  for (const [doc, rows] of count) lists.brought(says.get(doc) ?? 0, rows)
  return { keys: facts, last }
}

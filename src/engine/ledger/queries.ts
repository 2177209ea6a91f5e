import type { Imei14 } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'

/** A document of a live customs list. */
export interface DeclaredDoc {
  readonly batch: number
  readonly doc: number
  readonly date: string
  readonly data: string
}

const LIVE_CUSTOMS = `JOIN batch b ON b.no = d.batch AND b.kind = 'customs' AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL`

export const DOCS_OF_DECLARATION = `SELECT d.batch, d.no AS doc, d.date, d.data FROM doc d ${LIVE_CUSTOMS}
  WHERE json_extract(d.data, '$.declaration') = ? AND d.op = 'add' ORDER BY d.batch, d.no`

export const docsOf = (cache: Reader, declaration: string): DeclaredDoc[] =>
  cache.query<DeclaredDoc>(DOCS_OF_DECLARATION).all(declaration)

/** Declarations of live customs lists with their lines, by number. */
export const declarations = (cache: Reader): IterableIterator<[string]> =>
  cache
    .rows<[string]>(
      `SELECT DISTINCT json_extract(d.data, '$.declaration') FROM doc d ${LIVE_CUSTOMS}
       WHERE json_extract(d.data, '$.declaration') IS NOT NULL ORDER BY 1`,
    )
    .iterate()

const IN_DOCS = 'f.doc IN (SELECT value FROM json_each(?2))'
export const FACTS_OF_SMALL_BATCH = `SELECT f.imei14, f.next, f.doc FROM batch_imei k
  CROSS JOIN fact f ON f.imei14 = k.imei14 AND f.batch = k.batch WHERE k.batch = ?1 AND ${IN_DOCS}`
export const FACTS_IN_STRETCH = `SELECT f.imei14, f.next, f.doc FROM fact f
  WHERE f.imei14 > ?3 AND f.imei14 <= ?4 AND f.batch = ?1 AND ${IN_DOCS}`

type DocFact = [imei14: Imei14, next: Imei14, doc: number]

/** Whether the IMEIs of a batch are kept by batch. */
export const isKeptByBatch = (cache: Reader, batch: number): boolean =>
  cache.value<number>('SELECT 1 FROM batch_imei WHERE batch = ? LIMIT 1', batch) === 1

/** IMEIs of some documents of a small batch with the next IMEI of their device and their document. */
export const factsOfDocs = (cache: Reader, batch: number, docs: readonly number[]): DocFact[] =>
  cache.rows<DocFact>(FACTS_OF_SMALL_BATCH).all(batch, JSON.stringify(docs))

/** The same of any batch, of the IMEIs in a stretch. */
export const factsInStretch = (
  cache: Reader,
  batch: number,
  docs: readonly number[],
  { after, last }: { readonly after: Imei14; readonly last: Imei14 },
): DocFact[] => cache.rows<DocFact>(FACTS_IN_STRETCH).all(batch, JSON.stringify(docs), after, last)

/** Customs lists that count now, by number. */
export const liveCustoms = (cache: Reader): number[] =>
  cache
    .rows<[number]>(
      `SELECT no FROM batch WHERE kind = 'customs' AND added_seq IS NOT NULL AND ended_seq IS NULL ORDER BY no`,
    )
    .all()
    .map(([no]) => no)

export const END_OF_STRETCH = `SELECT max(imei14) FROM (SELECT imei14 FROM fact WHERE imei14 > ? ORDER BY imei14 LIMIT ?)`
/** Last IMEI of the next so many facts; null behind the last one. */
export const endOfStretch = (cache: Reader, after: Imei14, facts: number): Imei14 | null =>
  cache.value<Imei14 | null>(END_OF_STRETCH, after, facts) ?? null

export const DOCS_IN_STRETCH = `SELECT batch, doc, sum(next = 0 OR next < imei14) FROM fact
  WHERE imei14 > ? AND imei14 <= ? AND batch IN (SELECT value FROM json_each(?)) GROUP BY batch, doc`
/** Documents of some batches in a stretch, with the devices each declares there: an IMEI whose next is lower closes its ring. */
export const docsInStretch = (
  cache: Reader,
  after: Imei14,
  last: Imei14,
  batches: readonly number[],
): [batch: number, doc: number, devices: number][] =>
  cache.rows<[number, number, number]>(DOCS_IN_STRETCH).all(after, last, JSON.stringify(batches))

export const COUNT_SEEN = `SELECT count(*) FROM json_each(?) k WHERE EXISTS (SELECT 1 FROM fact f
  JOIN batch b ON b.no = f.batch AND b.kind = 'operator' AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL
  JOIN doc d ON d.batch = f.batch AND d.no = f.doc AND coalesce(d.network, 'home') = 'home' WHERE f.imei14 = k.value)`

/** Which of some IMEIs were seen in a network of Kazakhstan. */
export const countSeen = (cache: Reader, imeis: readonly Imei14[]): number =>
  cache.value<number>(COUNT_SEEN, JSON.stringify(imeis)) ?? 0

/** Appeals that name a declaration in their claim: id, declaration with line as written, IMEIs. */
export const appealsNaming = (cache: Reader, declaration: string): { id: string; named: string; imeis: string[] }[] =>
  cache
    .rows<[string, string, string]>(
      `SELECT a.id, b.declaration, json_extract(a.doc, '$.claim.imeis')
       FROM appeal_brief b INDEXED BY appeal_brief_declaration CROSS JOIN appeal a ON a.id = b.appeal
       WHERE b.declaration IS NOT NULL AND (b.declaration = ?1 OR b.declaration LIKE ?1 || '/%')
         AND a.state NOT IN ('rejected', 'withdrawn')
       ORDER BY a.id`,
    )
    .all(declaration)
    .map(([id, named, imeis]) => ({ id, named, imeis: JSON.parse(imeis) as string[] }))

/** Declarations that an appeal names in its claim, without their lines; appeals that came to nothing do not count. */
export const namedByAppeals = (cache: Reader): string[] =>
  cache
    .rows<[string]>(
      `SELECT DISTINCT b.declaration FROM appeal_brief b INDEXED BY appeal_brief_declaration
       CROSS JOIN appeal a ON a.id = b.appeal
       WHERE b.declaration IS NOT NULL AND a.state NOT IN ('rejected', 'withdrawn')`,
    )
    .all()
    .map(([named]) => named)

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

const factsOfDocsFrom = (from: string, batch: string): string =>
  `SELECT f.imei14, f.next, f.doc FROM ${from} WHERE ${batch} = ?1 AND f.doc IN (SELECT value FROM json_each(?2))`
export const FACTS_OF_SMALL_BATCH = factsOfDocsFrom(
  'batch_imei k CROSS JOIN fact f ON f.imei14 = k.imei14 AND f.batch = k.batch',
  'k.batch',
)
const FACTS_OF_LARGE_BATCH = factsOfDocsFrom('fact f CROSS JOIN (SELECT 1) k', 'f.batch')

/** IMEIs of some documents of a batch with the next IMEI of their device and their document. */
export const factsOfDocs = (cache: Reader, batch: number, docs: readonly number[]): [Imei14, Imei14, number][] => {
  const small = cache.value<number>('SELECT 1 FROM batch_imei WHERE batch = ? LIMIT 1', batch) === 1
  return cache
    .rows<[Imei14, Imei14, number]>(small ? FACTS_OF_SMALL_BATCH : FACTS_OF_LARGE_BATCH)
    .all(batch, JSON.stringify(docs))
}

/** Devices and IMEIs that each document of the live customs lists counts, in one pass; an IMEI whose next is lower closes its ring. */
export const countsOfAll = (
  cache: Reader,
): IterableIterator<[batch: number, doc: number, imeis: number, devices: number]> =>
  cache
    .rows<[number, number, number, number]>(
      `SELECT f.batch, f.doc, count(*), sum(f.next = 0 OR f.next < f.imei14) FROM fact f
       JOIN batch b ON b.no = f.batch AND b.kind = 'customs' AND b.added_seq IS NOT NULL AND b.ended_seq IS NULL
       GROUP BY f.batch, f.doc`,
    )
    .iterate()

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
      `SELECT id, json_extract(doc, '$.claim.declarationNo'), json_extract(doc, '$.claim.imeis') FROM appeal
       WHERE json_extract(doc, '$.claim.declarationNo') IS NOT NULL AND state NOT IN ('rejected', 'withdrawn')
         AND (json_extract(doc, '$.claim.declarationNo') = ?1 OR json_extract(doc, '$.claim.declarationNo') LIKE ?1 || '/%')
       ORDER BY id`,
    )
    .all(declaration)
    .map(([id, named, imeis]) => ({ id, named, imeis: JSON.parse(imeis) as string[] }))

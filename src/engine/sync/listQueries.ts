import { KEYS_KEPT_UP_TO } from '../../contract/registry/snapshot.ts'
import type { Imei14, IsoDate, Operator, Seq } from '../../domain/fact.ts'
import { type OperatorTemplate, STANDARD_TEMPLATE } from '../../domain/operatorFile.ts'
import type { Reader } from '../db/handle.ts'

/** Statements about what operators get. Their plans are held by tests. */

export type ListedRow = readonly [imei14: Imei14, reason: string, since: IsoDate, deadline: IsoDate | null]

export const LISTED = `SELECT l.imei14, e.reason, e.since, nullif(e.deadline, '')
  FROM listed l CROSS JOIN listing_entry e ON e.no = l.entry WHERE e.list = ? ORDER BY l.imei14`

/** A stored list by IMEI; one read transaction from the first row to the last. */
export const storedList = (cache: Reader, list: 'black' | 'grey'): IterableIterator<ListedRow> =>
  cache.rows<ListedRow>(LISTED).iterate(list)

export const countStored = (cache: Reader, list: 'black' | 'grey'): number =>
  cache.value<number>('SELECT sum(count) FROM listing_entry WHERE list = ?', list) ?? 0

type Exception = readonly [imei14: Imei14, imsi: string, msisdn: string, since: IsoDate]

/** Exceptions of an operator that held at a sequence number, ascending. */
export const exceptionsAt = (cache: Reader, operator: Operator, seq: Seq): Exception[] =>
  cache
    .rows<Exception>(
      `SELECT imei14, imsi, msisdn, since FROM exception
       WHERE operator = ?1 AND added_seq <= ?2 AND (ended_seq IS NULL OR ended_seq > ?2) ORDER BY imei14, imsi`,
    )
    .all(operator, seq)

/** Batches whose facts came or went between two sequence numbers, with their size. */
const BATCHES_BETWEEN = `SELECT no, rows FROM batch
  WHERE (added_seq > ?1 AND added_seq <= ?2) OR (ended_seq > ?1 AND ended_seq <= ?2)`
const KEYS_OF_SMALL =
  'SELECT DISTINCT imei14 FROM batch_imei WHERE batch IN (SELECT value FROM json_each(?)) ORDER BY imei14'
const KEYS_OF_ANY = 'SELECT DISTINCT imei14 FROM fact WHERE batch IN (SELECT value FROM json_each(?)) ORDER BY imei14'

/** IMEIs with a fact that came or went between two sequence numbers, ascending, each once. */
export function keysTouched(cache: Reader, from: Seq, to: Seq): Float64Array {
  const batches = cache.rows<[no: number, rows: number]>(BATCHES_BETWEEN).all(from, to)
  const small = batches.every(([, rows]) => rows <= KEYS_KEPT_UP_TO)
  const keys = cache.rows<[Imei14]>(small ? KEYS_OF_SMALL : KEYS_OF_ANY).all(JSON.stringify(batches.map(([no]) => no)))
  return Float64Array.from(keys, ([key]) => key)
}

/** Every IMEI that any fact names, ascending. */
export const allKeys = (cache: Reader): Iterable<Imei14> =>
  keysOnly(cache, 'SELECT DISTINCT imei14 FROM fact ORDER BY imei14')

/** IMEIs of a stored list, ascending. */
export const listedKeys = (cache: Reader, list: 'black' | 'grey'): Float64Array =>
  Float64Array.from(
    cache
      .rows<[Imei14]>(
        'SELECT imei14 FROM listed WHERE entry IN (SELECT no FROM listing_entry WHERE list = ?) ORDER BY imei14',
      )
      .all(list),
    ([key]) => key,
  )

function* keysOnly(cache: Reader, sql: string): Generator<Imei14> {
  for (const [key] of cache.rows<[Imei14]>(sql).iterate()) yield key
}

/** The template of an operator: his own, or the standard one. */
export function templateOf(cache: Reader, operator: Operator): { template: OperatorTemplate; own: boolean } {
  const doc = cache.value<string>('SELECT doc FROM operator_template WHERE operator = ?', operator)
  return doc === undefined
    ? { template: STANDARD_TEMPLATE, own: false }
    : { template: JSON.parse(doc) as OperatorTemplate, own: true }
}

import { BATCH_KINDS, type BatchKind, FACT_OF_BATCH } from '../../domain/batch.ts'
import type { FactKind, Imei14, Instant, IsoDate, Seq } from '../../domain/fact.ts'
import type { List, ListingReason } from '../../domain/listing.ts'
import type { Reader } from '../db/handle.ts'
import type { Traits } from '../db/listingTraits.ts'
import type { FigureStep } from '../sync/appealFigures.ts'

/** The registry's time of an event; null when there was none. */
export const momentOf = (cache: Reader, seq: Seq): Instant | null =>
  cache.value<Instant>('SELECT at FROM moment WHERE seq <= ? ORDER BY seq DESC LIMIT 1', seq) ?? null

/** What a stored listing is grouped by before it is named: a column or an expression of what rows say, and the IMEI of the row. */
const STORED = {
  reason: 'reason',
  tac: 'imei14 / 1000000',
  month: 'substr(since, 1, 7)',
  deadline: 'deadline',
  operator: 'operator',
  region: 'region',
  importer: 'importer',
} as const
export type StoredField = keyof typeof STORED

/** Only a count by model looks at rows; any other adds up what the few hundred entries say. */
export function countListingSql(fields: readonly StoredField[]): string {
  const [of, count] = fields.includes('tac')
    ? ['listed CROSS JOIN listing_entry ON no = entry', 'count(*)']
    : ['listing_entry', 'coalesce(sum(count), 0)']
  const groups = fields.length > 0 ? ` GROUP BY ${fields.map((_, i) => i + 1).join(', ')}` : ''
  return `SELECT ${fields.map((field) => `${STORED[field]}, `).join('')}${count} FROM ${of}
   WHERE list = ? AND since BETWEEN ? AND ? AND count > 0${groups}`
}

/** Stored listings of a list that began within a period, counted by fields; the count is the last value of each row. */
export const countStored = (
  cache: Reader,
  list: 'grey' | 'black',
  fields: readonly StoredField[],
  from: IsoDate,
  to: IsoDate,
): (string | number)[][] => cache.rows<(string | number)[]>(countListingSql(fields)).all(list, from, to)

/** IMEIs with a fact in a batch of the given kinds that lived at a sequence number, ascending. */
export function imeisWithFacts(cache: Reader, kinds: readonly BatchKind[], seq: Seq): IterableIterator<[Imei14]> {
  return cache
    .rows<[Imei14]>(
      `SELECT DISTINCT imei14 FROM fact WHERE batch IN (
         SELECT no FROM batch WHERE kind IN (SELECT value FROM json_each(?1))
         AND added_seq <= ?2 AND (ended_seq IS NULL OR ended_seq > ?2)) ORDER BY imei14`,
    )
    .iterate(JSON.stringify(kinds), seq)
}

const BLACK_FACTS: readonly FactKind[] = [
  'stolen',
  'counterfeit',
  'gsma-listed',
  'clone',
  'not-verified-in-time',
  'illegal-import',
]
const kindsBringing = (facts: readonly FactKind[]): BatchKind[] =>
  BATCH_KINDS.filter((kind) => facts.some((fact) => fact === FACT_OF_BATCH[kind]))

/** Kinds of batch without whose facts no IMEI is on the list. */
export const KINDS_OF_LIST: Readonly<Record<'grey' | 'black', readonly BatchKind[]>> = {
  grey: kindsBringing(['seen']),
  black: kindsBringing(BLACK_FACTS),
}

/** Brand and model of a TAC as known at a sequence number; of several reports the latest holds. */
export const deviceAt = (cache: Reader, tac: number, seq: Seq): [brand: string, model: string] | undefined =>
  cache
    .rows<[string, string]>(
      `SELECT t.brand, t.model FROM tac t CROSS JOIN batch b ON b.no = t.batch
       WHERE t.tac = ?1 AND b.added_seq <= ?2 AND (b.ended_seq IS NULL OR b.ended_seq > ?2) ORDER BY t.batch DESC LIMIT 1`,
    )
    .get(tac, seq)

export const documentData = (cache: Reader, batch: number, no: number): string | undefined =>
  cache.value<string>('SELECT data FROM doc WHERE batch = ? AND no = ?', batch, no)

export interface MoveRow {
  readonly seq: Seq
  readonly day: IsoDate
  readonly cause: string
  readonly from_list: List
  readonly to_list: List
  readonly from_reason: string
  readonly to_reason: string
  readonly count: number
}

/** Moves between lists up to a sequence number. */
export const movesUntil = (cache: Reader, seq: Seq): MoveRow[] =>
  cache
    .query<MoveRow>(
      'SELECT seq, day, cause, from_list, to_list, from_reason, to_reason, count FROM move WHERE seq <= ? ORDER BY seq',
    )
    .all(seq)

/** Versions of the policy in force up to a sequence number, with the number of their event. */
export const policiesUntil = (cache: Reader, seq: Seq): [version: number, from: Seq][] =>
  cache.rows<[number, Seq]>('SELECT version, from_seq FROM policy WHERE from_seq <= ? ORDER BY from_seq').all(seq)

const APPEAL = {
  state: 'state',
  route: 'route',
  // by day, which is the order of the index: nothing has to be sorted
  month: 'received_day',
  reason: "coalesce(reason, '')",
  days: 'coalesce(days, -1)',
  officer: "coalesce(officer, '')",
} as const
export type AppealField = keyof typeof APPEAL

export type AppealSums = [
  count: number,
  approved: number,
  rejected: number,
  late: number,
  reversed: number,
  days: number,
  decided: number,
]

export const countAppealsSql = (fields: readonly AppealField[]): string =>
  `SELECT ${fields.map((field) => `${APPEAL[field]}, `).join('')}count(*), sum(state = 'approved'), sum(state = 'rejected'),
     sum(CASE WHEN decided_day IS NOT NULL THEN decided_day > due
       ELSE due < ? AND state NOT IN ('approved', 'rejected', 'referred', 'withdrawn') END),
     sum(reversed), coalesce(sum(days), 0), count(days)
   FROM appeal_figure WHERE received_day BETWEEN ? AND ?${fields.length > 0 ? ` GROUP BY ${fields.map((_, i) => i + 1).join(', ')}` : ''}`

/** Appeals received within a period as they stand now, summed by fields: the fields, then `AppealSums`. `today`: what is past its day is late. */
export const sumAppeals = (
  cache: Reader,
  fields: readonly AppealField[],
  today: IsoDate,
  from: IsoDate,
  to: IsoDate,
): (string | number | null)[][] => cache.rows<(string | number | null)[]>(countAppealsSql(fields)).all(today, from, to)

/** Appeals that had come in by a sequence number, with their steps as JSON. */
export const appealSteps = (
  cache: Reader,
  seq: Seq,
  from: IsoDate,
  to: IsoDate,
): IterableIterator<[route: string, day: IsoDate, steps: string]> =>
  cache
    .rows<[string, IsoDate, string]>(
      'SELECT route, received_day, steps FROM appeal_figure WHERE received_seq <= ? AND received_day BETWEEN ? AND ?',
    )
    .iterate(seq, from, to)

export const stepsOf = (json: string): FigureStep[] => JSON.parse(json) as FigureStep[]

/** Name of an importer as one of his declarations writes it. */
export const importerName = (cache: Reader, bin: string): string | null =>
  cache.value<string | null>(
    `SELECT json_extract(data, '$.importer') FROM doc
     WHERE json_extract(data, '$.bin') = ? AND json_extract(data, '$.bin') IS NOT NULL ORDER BY batch, no LIMIT 1`,
    bin,
  ) ?? null

export const officerName = (cache: Reader, id: string): string | null =>
  cache.value<string>('SELECT name FROM officer WHERE id = ?', id) ?? null

/** IMEIs of a list from a key on, each with the number of what the list says of it. */
export const LISTED_KEYS = `SELECT l.imei14, l.entry FROM listed l CROSS JOIN listing_entry e ON e.no = l.entry
  WHERE e.list = ? AND e.since BETWEEN ? AND ? AND l.imei14 > ? ORDER BY l.imei14 LIMIT ?`
export type ListedKey = readonly [imei14: Imei14, entry: number]

/** What a list says of IMEIs, by its number. */
export interface SaidOfListed extends Traits {
  readonly reason: ListingReason
  readonly since: IsoDate
  readonly deadline: IsoDate | null
}
export function saidOf(cache: Reader, entry: number): SaidOfListed {
  const said = cache
    .query<SaidOfListed>(
      `SELECT reason, since, nullif(deadline, '') AS deadline, nullif(operator, '') AS operator, nullif(region, '') AS region,
         nullif(importer, '') AS importer FROM listing_entry WHERE no = ?`,
    )
    .get(entry)
  if (!said) throw new Error(`a listed IMEI names entry ${entry}, which is missing`)
  return said
}

/** IMEIs warned in an issue, ascending, with the stage of the warning. */
export const warned = (cache: Reader, issue: number): [imei14: Imei14, stage: string][] =>
  cache.rows<[Imei14, string]>('SELECT imei14, stage FROM notice WHERE issue = ? ORDER BY imei14').all(issue)

/** Acts of a type up to a sequence number, in order. */
export const actsUntil = (cache: Reader, type: string, seq: Seq): [seq: Seq, day: IsoDate, doc: string][] =>
  cache
    .rows<[Seq, IsoDate, string]>('SELECT seq, day, doc FROM act_figure WHERE type = ? AND seq <= ? ORDER BY seq, part')
    .all(type, seq)

import type { RunPart } from '../../contract/engine/blockRun.ts'
import { type GridFilter, letsThrough, withinRange } from '../../contract/gridFilter.ts'
import { type RunPartAsked, zRunPart } from '../../contract/registry/runPart.ts'
import type { RunAppeal, RunState } from '../../domain/blockRun.ts'
import { addDays } from '../../domain/businessDate.ts'
import type { Imei14, Instant, IsoDate, Operator } from '../../domain/fact.ts'
import type { List, ListingReason } from '../../domain/listing.ts'
import type { NoticeState } from '../../domain/notice.ts'
import { trouble } from '../../domain/problem.ts'
import type { Reader } from '../db/handle.ts'

/** Statements about block runs and what they are gathered from. Their plans are held by tests. */

/** Only grey has a deadline. Read once for a run: all rows are gone through. */
export const OVERDUE_KEYS = `SELECT l.imei14 FROM listed l CROSS JOIN listing_entry e ON e.no = l.entry
  WHERE e.deadline BETWEEN '0' AND ? ORDER BY e.deadline, l.imei14`
export const APPEALS_OF_KEYS = `SELECT i.imei14, a.id, a.open, json_extract(a.doc, '$.receivedAt'), a.complaint
  FROM json_each(?) k CROSS JOIN appeal_imei i ON i.imei14 = k.value CROSS JOIN appeal a ON a.id = i.appeal`
export const IMEIS_OF_RUN = `SELECT imei14 FROM blockrun_imei WHERE run = ? AND part = 'block' ORDER BY imei14`
export const PART_OF_RUN = `SELECT i.imei14, CASE WHEN i.why = 'held' AND a.open = 1 AND a.complaint = 1 THEN 'complaint' ELSE i.why END, i.appeal
  FROM blockrun_imei i LEFT JOIN appeal a ON a.id = i.appeal
  WHERE i.run = ? AND i.part = ? AND i.imei14 > ? ORDER BY i.imei14 LIMIT ?`
export const HOLDERS_OF_RUN = `SELECT why, appeal FROM blockrun_imei WHERE run = ? AND part IN ('held', 'dropped') AND why IN ('held', 'warning')`
export const COMPLAINTS_AMONG = `SELECT a.id FROM json_each(?) k CROSS JOIN appeal a ON a.id = k.value WHERE a.open = 1 AND a.complaint = 1`

/** Grey IMEIs with a deadline up to a day, the longest overdue first. */
export const overdueKeys = (cache: Reader, last: IsoDate): Imei14[] =>
  cache
    .rows<[Imei14]>(OVERDUE_KEYS)
    .all(last)
    .map(([imei14]) => imei14)

/** What stored lists say each, with a deadline up to a day. */
const GREY_ENTRIES = `SELECT no, list, reason, since, deadline, operator, region, importer FROM listing_entry
  WHERE deadline BETWEEN '0' AND ?`
export const OVERDUE_KEYS_OF_ENTRIES = `SELECT l.imei14 FROM listed l CROSS JOIN listing_entry e ON e.no = l.entry
  WHERE e.no IN (SELECT value FROM json_each(?)) ORDER BY e.deadline, l.imei14`

/** The same of those a filter of the grey list lets through. `tacs`: those of its brand; null where none is asked for. */
export function overdueKeysWhere(
  cache: Reader,
  last: IsoDate,
  where: GridFilter,
  tacs: ReadonlySet<number> | null,
): Imei14[] {
  type Row = [no: number, list: List, reason: ListingReason, ...traits: string[]]
  const entries: number[] = []
  for (const [no, list, reason, ...traits] of cache.rows<Row>(GREY_ENTRIES).all(last)) {
    const [since = null, deadline = null, operator = null, region = null, importer = null] = traits.map(
      (t) => t || null,
    )
    const row = { list, reason, since, deadline, operator: operator as Operator | null, region, importer }
    if (letsThrough(where, row)) entries.push(no)
  }
  return cache
    .rows<[Imei14]>(OVERDUE_KEYS_OF_ENTRIES)
    .all(JSON.stringify(entries))
    .flatMap(([imei14]) => (withinRange(where, imei14, tacs) ? [imei14] : []))
}

/** All appeals about some IMEIs, open or not. */
export function appealsAbout(cache: Reader, imeis: readonly Imei14[]): Map<Imei14, RunAppeal[]> {
  const found = new Map<Imei14, RunAppeal[]>()
  type Row = [imei14: Imei14, id: string, open: number, receivedAt: Instant, complaint: number]
  for (const [imei14, id, open, receivedAt, complaint] of cache.rows<Row>(APPEALS_OF_KEYS).all(JSON.stringify(imeis))) {
    const appeal = { id, open: open === 1, receivedAt, complaint: complaint === 1 }
    const others = found.get(imei14)
    if (others) others.push(appeal)
    else found.set(imei14, [appeal])
  }
  return found
}

export const WARNINGS_OF_KEYS = 'SELECT n.imei14, n.state FROM json_each(?) k CROSS JOIN notice n ON n.imei14 = k.value'

/** Those of some appeals against whose decision a complaint is open. */
export const complaintsAmong = (cache: Reader, appeals: Iterable<string>): Set<string> =>
  new Set(
    cache
      .rows<[string]>(COMPLAINTS_AMONG)
      .all(JSON.stringify([...appeals]))
      .map(([id]) => id),
  )

/** What holds the IMEIs of a run that are named as held, or left it for that: the appeal, null for a warning. */
export const holdersOfRun = (cache: Reader, no: number): (string | null)[] =>
  cache
    .rows<[why: string, appeal: string | null]>(HOLDERS_OF_RUN)
    .all(no)
    .map(([why, appeal]) => (why === 'warning' ? null : appeal))

/** How the warnings about some IMEIs stand. */
export function warningsAbout(cache: Reader, imeis: readonly Imei14[]): Map<Imei14, NoticeState[]> {
  const found = new Map<Imei14, NoticeState[]>()
  const rows = cache.rows<[Imei14, NoticeState]>(WARNINGS_OF_KEYS)
  for (const [imei14, state] of rows.all(JSON.stringify(imeis)))
    found.set(imei14, [...(found.get(imei14) ?? []), state])
  return found
}

export const DUE_BY_DAY = `SELECT deadline, sum(count) FROM listing_entry WHERE deadline >= ? AND deadline < ?
  GROUP BY deadline ORDER BY deadline`
const OVERDUE_COUNT = `SELECT sum(count) FROM listing_entry WHERE deadline <> '' AND deadline < ?`

/** Grey IMEIs by the day on which they come past their deadline, today first. */
export function schedule(cache: Reader, today: IsoDate, days: number) {
  const due = new Map(cache.rows<[IsoDate, number]>(DUE_BY_DAY).all(addDays(today, -1), addDays(today, days - 1)))
  return {
    overdue: cache.value<number>(OVERDUE_COUNT, today) ?? 0,
    // the day after the last one to act
    days: Array.from({ length: days }, (_, i) => addDays(today, i)).map((day) => ({
      day,
      imeis: due.get(addDays(day, -1)) ?? 0,
    })),
  }
}

/** The registry's signature under a run in force; null before. */
export const sealOf = (cache: Reader, no: number): { key: string; value: string } | null => {
  const seal = cache.value<string | null>('SELECT seal FROM blockrun WHERE no = ?', no)
  return seal ? (JSON.parse(seal) as { key: string; value: string }) : null
}

/** A run as the feed told it. */
export interface StoredRun {
  readonly no: number
  readonly id: string
  readonly until: IsoDate
  readonly day: IsoDate
  readonly cap: number
  readonly beyondCap: number
  readonly state: RunState
  readonly toBlack: number
  readonly held: number
  readonly conflicts: number
  readonly dropped: number
  readonly manifest: string
  readonly by: string
  readonly at: Instant
  readonly signatures: readonly string[]
  readonly note: string
  readonly part: RunPartAsked
}

type RunRow = Omit<StoredRun, 'signatures' | 'part'> & { readonly signatures: string; readonly part: string }

const RUN = `SELECT r.no, r.id, r.until, r.day, r.cap, r.beyond_cap AS beyondCap, r.to_black AS toBlack, r.held, r.conflicts,
    r.manifest, r.by, r.at, r.signatures, r.note, r.asked_part AS part,
    (SELECT count(*) FROM blockrun_imei i WHERE i.run = r.no AND i.part = 'dropped') AS dropped,
    CASE WHEN b.state = 'undone' THEN 'undone' ELSE r.state END AS state
  FROM blockrun r LEFT JOIN batch b ON b.id = r.id`

const runOf = (row: RunRow): StoredRun => ({
  ...row,
  signatures: JSON.parse(row.signatures) as string[],
  part: zRunPart.parse(JSON.parse(row.part)),
})

/** All runs, the latest first. */
export const allRuns = (cache: Reader): StoredRun[] => cache.query<RunRow>(`${RUN} ORDER BY r.no DESC`).all().map(runOf)

/** A run by its id or number; throws `blockrun-unknown`. */
export function runOrTrouble(cache: Reader, name: string): StoredRun {
  const row = /^\d{1,15}$/.test(name)
    ? cache.query<RunRow>(`${RUN} WHERE r.no = ?`).get(Number(name))
    : cache.query<RunRow>(`${RUN} WHERE r.id = ?`).get(name.toLowerCase())
  if (!row) throw trouble('blockrun-unknown', { run: name })
  return runOf(row)
}

/** IMEIs that a run would block, ascending. */
export const imeisOfRun = (cache: Reader, no: number): Imei14[] =>
  cache
    .rows<[Imei14]>(IMEIS_OF_RUN)
    .all(no)
    .map(([imei14]) => imei14)

/** One page of a part of a run. */
export const partOfRun = (cache: Reader, no: number, part: RunPart, after: Imei14, limit: number) =>
  cache.rows<[Imei14, string, string | null]>(PART_OF_RUN).all(no, part, after, limit)

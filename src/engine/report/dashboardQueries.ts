import { APPEAL_STATES, isOpen } from '../../domain/appeal.ts'
import type { IsoDate, Seq } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'

/** Grey IMEIs by their last day to act, up to a day; those past it among them. */
export const deadlinesUntil = (cache: Reader, day: IsoDate): [day: IsoDate, count: number][] =>
  cache
    .rows<[IsoDate, number]>(
      `SELECT deadline, sum(count) FROM listing_entry WHERE deadline <> '' AND deadline <= ? AND count > 0 GROUP BY deadline`,
    )
    .all(day)

export interface OpenState {
  readonly state: string
  readonly count: number
  readonly overdue: number
  readonly soon: number
}

/** Bound: today, the last of the next days, the states that are open as JSON. What is asked stands in the index of states. */
export const OPEN_STATES = `SELECT state, count(*) AS count, sum(due_at < ?1) AS overdue, sum(due_at BETWEEN ?1 AND ?2) AS soon
  FROM appeal INDEXED BY appeal_state WHERE state IN (SELECT value FROM json_each(?3)) GROUP BY state ORDER BY state`

/** Open appeals by state: how many are past their last day, and how many have it within the next days. */
export const openAppealStates = (cache: Reader, today: IsoDate, soon: IsoDate): OpenState[] =>
  cache.query<OpenState>(OPEN_STATES).all(today, soon, JSON.stringify(APPEAL_STATES.filter(isOpen)))

/** Appeals received and decided on each day on which there was one. */
export const appealFlow = (
  cache: Reader,
  from: IsoDate,
  to: IsoDate,
): [day: IsoDate, received: number, decided: number][] =>
  cache
    .rows<[IsoDate, number, number]>(
      `SELECT day, sum(received), sum(decided) FROM (
         SELECT received_day AS day, 1 AS received, 0 AS decided FROM appeal_figure WHERE received_day BETWEEN ?1 AND ?2
         UNION ALL SELECT decided_day, 0, 1 FROM appeal_figure WHERE decided_day BETWEEN ?1 AND ?2) GROUP BY day`,
    )
    .all(from, to)

export interface OperatorFiles {
  readonly operator: string
  readonly sent: Seq
  readonly confirmed: Seq | null
  readonly missing: number
}

/** How far each operator's block list was sent and confirmed; `missing`: what the newest receipt of it left out. */
export const filesOfOperators = (cache: Reader): OperatorFiles[] =>
  cache
    .query<OperatorFiles>(
      `SELECT f.operator, max(f.seq) AS sent,
         max(CASE WHEN EXISTS (SELECT 1 FROM receipt r WHERE r.file = f.no) THEN f.seq END) AS confirmed,
         coalesce((SELECT r.missing + r.refused FROM receipt r JOIN operator_file g ON g.no = r.file
           WHERE g.operator = f.operator AND g.list = 'black' ORDER BY r.no DESC LIMIT 1), 0) AS missing
       FROM operator_file f WHERE f.list = 'black' GROUP BY f.operator`,
    )
    .all()

export const violationsOf = (cache: Reader): [operator: string, count: number][] =>
  cache.rows<[string, number]>('SELECT operator, count(*) FROM violation GROUP BY operator').all()

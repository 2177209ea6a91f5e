import { addDays, businessDate } from '../../domain/businessDate.ts'
import type { IsoDate } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'
import { type MoveRow, movesUntil, policiesUntil } from './queries.ts'
import { type Period, passes, type ReportQuery } from './query.ts'
import { type Counted, type Keys, Tally } from './tally.ts'

/** IMEIs that came to lists and left them within the period: in, out and the difference, each on its own side's key. */
export function countMoves(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(3)
  const note = (keys: Keys, values: readonly number[]): void => {
    if (passes(query, keys)) tally.add(keys[query.by] ?? '', values)
  }
  for (const m of movesUntil(cache, query.seq)) {
    if (m.day < period.from || m.day > period.to) continue
    const shared = { month: m.day.slice(0, 7), kind: m.cause }
    note({ ...shared, list: m.to_list, reason: m.to_reason || 'none' }, [m.count, 0, m.count])
    note({ ...shared, list: m.from_list, reason: m.from_reason || 'none' }, [0, m.count, -m.count])
  }
  return { tally }
}

const LISTS = ['grey', 'black', 'white'] as const
type Standing = [grey: number, black: number, white: number]

/** Adds a move to what stands on each list. */
function move(standing: Standing, m: MoveRow): void {
  for (const [i, list] of LISTS.entries()) {
    if (m.to_list === list) standing[i] = (standing[i] ?? 0) + m.count
    if (m.from_list === list) standing[i] = (standing[i] ?? 0) - m.count
  }
}

/** How many IMEIs stood on each list at the end of each day from `from` to `to`, or to the day of the sequence number. */
export function* standings(cache: Reader, query: ReportQuery, period: Period): Generator<[IsoDate, Standing]> {
  const standing: Standing = [0, 0, 0]
  if (query.at === null) return
  const lastDay = businessDate(query.at)
  const moves = movesUntil(cache, query.seq).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.seq - b.seq))
  let next = 0
  const until = period.to < lastDay ? period.to : lastDay
  const first = moves[0]?.day ?? lastDay
  for (let day = period.from > first ? period.from : first; day <= until; day = addDays(day, 1)) {
    for (let m = moves[next]; m !== undefined && m.day <= day; m = moves[++next]) move(standing, m)
    yield [day, [...standing]]
  }
}

/** The lists at the end of each month or day of the period; the total is the last of them. */
export function countStandings(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(3)
  let totals: Standing = [0, 0, 0]
  for (const [day, standing] of standings(cache, query, period)) {
    tally.sums.set(query.by === 'day' ? day : day.slice(0, 7), [...standing])
    totals = standing
  }
  return { tally, totals }
}

/** The lists right before and right after each version of the policy that came into force within the period. */
export function countPolicyChanges(cache: Reader, query: ReportQuery, period: Period): Counted {
  const tally = new Tally(3)
  const moves = movesUntil(cache, query.seq)
  for (const [version, seq] of policiesUntil(cache, query.seq)) {
    const at = cache.value<string>('SELECT at FROM moment WHERE seq = ?', seq)
    const day = at === undefined ? '' : businessDate(at)
    if (day < period.from || day > period.to) continue
    const before: Standing = [0, 0, 0]
    const after: Standing = [0, 0, 0]
    for (const m of moves) {
      if (m.seq < seq) move(before, m)
      if (m.seq <= seq) move(after, m)
    }
    for (const [i, list] of LISTS.entries()) {
      const [was = 0, now = 0] = [before[i], after[i]]
      tally.add(`${version}/${list}`, [was, now, now - was])
    }
  }
  return { tally, totals: [null, null, null] }
}

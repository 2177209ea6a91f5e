import type { BatchField } from '../checks/batchField.ts'
import { parseImei } from '../imei.ts'
import type { SampleCell } from './contentOf.ts'
import { headerLikeness } from './matchHeader.ts'

/** One of the first rows of a sheet. */
export interface HeadRow {
  /** The sheet's own number, from 1. */
  readonly row: number
  readonly cells: readonly SampleCell[]
}

export interface FoundHeader {
  /** Sheet row of the header, from 1; 0: the file has none, its first row is data. */
  readonly row: number
  /** Rows it spans, a line of column numbers below it included. */
  readonly rows: number
  readonly sure: number
  /** What each column may be called; of a header of two rows: both parts together and each alone. */
  readonly names: readonly (readonly string[])[]
}

const LOOKED_AT = 30

/**
 * Finds the header under title rows: the row whose cells most name fields of the kind. Two rows count together where that names more.
 * Without a row of names the one above the first IMEI, if it is text; else the file has no header.
 */
export function findHeader(head: readonly HeadRow[], fields: readonly BatchField[]): FoundHeader {
  let best: { at: number; rows: number; score: number; names: string[][] } | null = null
  for (let at = 0; at < Math.min(head.length, LOOKED_AT); at++) {
    if (holdsData(head[at] as HeadRow)) continue
    const single = namesOf(head, at, 1)
    const score = scoreOf(single, fields)
    if (score > (best?.score ?? 0.85)) best = { at, rows: 1, score, names: single }
    if (at + 1 >= head.length || !adjacent(head, at) || holdsData(head[at + 1] as HeadRow)) continue
    const double = namesOf(head, at, 2)
    const together = scoreOf(double, fields)
    if (
      together > score + 0.5 &&
      together > scoreOf(namesOf(head, at + 1, 1), fields) + 0.5 &&
      together > (best?.score ?? 0.85)
    )
      best = { at, rows: 2, score: together, names: double }
  }
  if (best === null) return withoutNames(head)
  const numbered = isNumbering(head[best.at + best.rows])
  const filled = best.names.filter((n) => n.length > 0).length
  return {
    row: (head[best.at] as HeadRow).row,
    rows: lastRow(head, best.at, best.rows + (numbered ? 1 : 0)) - (head[best.at] as HeadRow).row + 1,
    sure: Math.min(1, best.score / Math.max(1, filled)),
    names: best.names,
  }
}

/** The header as the officer says: this row. A second row or a line of column numbers is still recognised. */
export function headerAt(head: readonly HeadRow[], row: number, fields: readonly BatchField[]): FoundHeader {
  if (row === 0) return { row: 0, rows: 0, sure: 1, names: [] }
  const at = head.findIndex((h) => h.row === row)
  if (at < 0) return { row, rows: 1, sure: 1, names: [] }
  const single = namesOf(head, at, 1)
  const next = head[at + 1]
  const double = next && adjacent(head, at) && !holdsData(next) ? namesOf(head, at, 2) : single
  const rows = scoreOf(double, fields) > scoreOf(single, fields) + 0.5 ? 2 : 1
  const numbered = isNumbering(head[at + rows])
  return {
    row,
    rows: lastRow(head, at, rows + (numbered ? 1 : 0)) - row + 1,
    sure: 1,
    names: rows === 2 ? double : single,
  }
}

function withoutNames(head: readonly HeadRow[]): FoundHeader {
  const first = head.findIndex((h) => h.cells.some((c) => isImei(c)))
  const above = head[first - 1]
  if (first > 0 && above && adjacent(head, first - 1) && above.cells.filter((c) => c.text.trim() !== '').length >= 1)
    return { row: above.row, rows: 1, sure: 0.4, names: namesOf(head, first - 1, 1) }
  return { row: 0, rows: 0, sure: first >= 0 ? 0.5 : 0, names: [] }
}

const lastRow = (head: readonly HeadRow[], at: number, rows: number): number =>
  (head[Math.min(at + rows, head.length) - 1] as HeadRow).row

const adjacent = (head: readonly HeadRow[], at: number): boolean => head[at + 1]?.row === (head[at] as HeadRow).row + 1

const isImei = (c: SampleCell): boolean =>
  (c.kind === 'text' || c.kind === 'number') && /\d{6}/.test(c.text) && parseImei({ kind: c.kind, text: c.text }).ok

/** Dates, long numbers and IMEIs stand in data, not in headers. */
const holdsData = (row: HeadRow): boolean =>
  row.cells.some((c) => c.kind === 'date' || isImei(c) || /^\s*\d{8,}\s*$/.test(c.text))

/** 1 2 3 4 … under the names, as forms have it. */
function isNumbering(row: HeadRow | undefined): boolean {
  const filled = row?.cells.filter((c) => c.text.trim() !== '') ?? []
  return filled.length >= 3 && filled.every((c, i) => c.text.trim().replace(/\.0$/, '') === String(i + 1))
}

function namesOf(head: readonly HeadRow[], at: number, rows: number): string[][] {
  const top = head[at]?.cells ?? []
  const bottom = rows === 2 ? (head[at + 1]?.cells ?? []) : []
  const names: string[][] = []
  let group = ''
  for (let column = 0; column < Math.max(top.length, bottom.length); column++) {
    const above = top[column]?.text.trim() ?? ''
    const below = bottom[column]?.text.trim() ?? ''
    // a merged cell has its text in its first column only
    if (above !== '') group = above
    const all = below === '' ? [above] : [`${group} ${below}`, below, above]
    names.push([...new Set(all.filter((n) => n !== ''))])
  }
  return names
}

/** Sum over the fields of how well the best column names them; long sentences (titles) name nothing. */
function scoreOf(names: readonly (readonly string[])[], fields: readonly BatchField[]): number {
  let score = 0
  const used = new Set<number>()
  for (const field of fields) {
    let best = 0
    let bestColumn = -1
    names.forEach((all, column) => {
      if (used.has(column)) return
      for (const name of all) {
        const like = name.length > 80 ? 0 : headerLikeness(name, field)
        if (like > best) {
          best = like
          bestColumn = column
        }
      }
    })
    if (best >= 0.6) {
      score += best
      used.add(bestColumn)
    }
  }
  return score
}

import { createHash } from 'node:crypto'
import type { Reader } from '../db/handle.ts'
import { CLOCKS, type Figures } from './catalogue.ts'
import { countAppeals, countMoves } from './flowFigures.ts'
import { type Counts, countListed } from './listFigures.ts'
import type { ReportQuery } from './query.ts'

/**
 * Computes a report's figures. The same query gives the same figures for good: nothing but the facts and events up to its sequence
 * number enters. Throws the signal's reason when cancelled.
 */
export async function figuresOf(cache: Reader, query: ReportQuery, signal: AbortSignal): Promise<Figures> {
  const counts = await count(cache, query, signal)
  const groups = [...counts].map(([key, n]) => ({ key, count: n }))
  groups.sort(ORDER[query.by] ?? byCount)
  return { total: groups.reduce((sum, group) => sum + group.count, 0), groups }
}

function count(cache: Reader, query: ReportQuery, signal: AbortSignal): Promise<Counts> | Counts {
  switch (query.report) {
    case 'blocklist':
      return countListed(cache, 'black', query, signal)
    case 'grey-clocks':
      return countListed(cache, 'grey', query, signal)
    case 'inflow':
      return countMoves(cache, query)
    case 'appeals':
      return countAppeals(cache, query)
  }
}

type Compare = (a: { key: string; count: number }, b: { key: string; count: number }) => number

// by code unit: no collation of any language, so that every machine gives the same order
const byKey: Compare = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)
const byCount: Compare = (a, b) => b.count - a.count || byKey(a, b)
const clocks: readonly string[] = CLOCKS
const byClock: Compare = (a, b) => clocks.indexOf(a.key) - clocks.indexOf(b.key)
const ORDER: Readonly<Partial<Record<string, Compare>>> = { month: byKey, clock: byClock }

/** SHA-256 over query, sequence number and figures, the same for every format and language (docs/formats/report.md). */
export function fingerprintOf(query: ReportQuery, figures: Figures): string {
  const { report, by, from, to, seq, policy } = query
  const groups = figures.groups.map(({ key, count: n }) => [key, n])
  const text = JSON.stringify(['tamga-report-1', report, by, from, to, seq, policy.version, figures.total, groups])
  return createHash('sha256').update(text).digest('hex')
}

import type { ChangedCells, FixRow, RowFix } from './fixStep.ts'
import { NO_CHANGE } from './fixStep.ts'

/** Puts one spelling for several in a column. */
export function mergeSpellings(column: number, from: readonly string[], to: string): RowFix {
  const others = new Set(from.filter((spelling) => spelling !== to))
  return {
    fix: (row: FixRow): ChangedCells => (others.has(row.cell(column).trim()) ? new Map([[column, to]]) : NO_CHANGE),
  }
}

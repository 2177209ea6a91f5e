import type { ChangedCells, EditedCell, FixRow, RowFix } from './fixStep.ts'
import { NO_CHANGE } from './fixStep.ts'

/** Puts what the officer typed or pasted into single cells. */
export function editCells(cells: readonly EditedCell[]): RowFix {
  const rows = new Map<number, Map<number, string>>()
  for (const { row, column, text } of cells) {
    const there = rows.get(row) ?? new Map<number, string>()
    there.set(column, text)
    rows.set(row, there)
  }
  return {
    fix(row: FixRow): ChangedCells {
      const wanted = rows.get(row.number)
      if (wanted === undefined) return NO_CHANGE
      const changed = new Map([...wanted].filter(([column, text]) => row.cell(column) !== text))
      return changed.size > 0 ? changed : NO_CHANGE
    },
  }
}

import type { BatchField } from '../checks/batchField.ts'
import { CELL_RULE } from './cellRules.ts'
import { editCells } from './editCells.ts'
import { type ChangedCells, type FixRow, type FixStep, NO_CHANGE, type RowFix } from './fixStep.ts'
import { mergeSpellings } from './mergeSpellings.ts'

/** Column of each field of a file, from 0. */
export type FieldColumns = Readonly<Partial<Record<BatchField, number>>>

const NOTHING: RowFix = { fix: () => NO_CHANGE }

/** A step made ready for a file. One about a field that the file has no column for changes nothing. */
export function rowFix(step: FixStep, columns: FieldColumns): RowFix {
  if (step.kind === 'edit') return editCells(step.cells)
  const column = columns[step.field]
  if (column === undefined) return NOTHING
  if (step.kind === 'merge') return mergeSpellings(column, step.from, step.to)
  const { field } = step
  const rule = CELL_RULE[step.kind]
  return {
    fix(row) {
      const text = row.cell(column)
      if (text === '') return NO_CHANGE
      const fixed = rule(text, field)
      return fixed === text ? NO_CHANGE : new Map([[column, fixed]])
    },
  }
}

/** A row as it stands after the cells given have changed. */
class ChangedRow implements FixRow {
  readonly number: number
  readonly #row: FixRow
  readonly #cells: ChangedCells

  constructor(row: FixRow, cells: ChangedCells) {
    this.number = row.number
    this.#row = row
    this.#cells = cells
  }

  cell(column: number): string {
    return this.#cells.get(column) ?? this.#row.cell(column)
  }
}

/** All steps over one row, each upon what the ones before it made: the cells that are different in the end. */
export function fixedCells(fixes: readonly RowFix[], row: FixRow): ChangedCells {
  let all: Map<number, string> | null = null
  let seen = row
  for (const { fix } of fixes) {
    const changed = fix(seen)
    if (changed.size === 0) continue
    all ??= new Map()
    for (const [column, text] of changed) all.set(column, text)
    seen = new ChangedRow(row, all)
  }
  if (all === null) return NO_CHANGE
  for (const [column, text] of all) if (row.cell(column) === text) all.delete(column)
  return all
}

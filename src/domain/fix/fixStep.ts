import type { BatchField } from '../checks/batchField.ts'

/** Rules that correct a cell by its text alone; each is one file of this folder. */
export const CELL_RULES = ['strip', 'pad-zero', 'split', 'lookalikes', 'complete-year'] as const
export type CellRule = (typeof CELL_RULES)[number]

/** One cell of a file: its row's number in the sheet (from 1), its column (from 0), and what is to stand there. */
export interface EditedCell {
  readonly row: number
  readonly column: number
  readonly text: string
}

/** What an officer did to the cells of a file, as data: applied in order, undone by leaving it out, replayed on the sender's next file. */
export type FixStep =
  | { readonly id: string; readonly kind: CellRule; readonly field: BatchField }
  | {
      readonly id: string
      readonly kind: 'merge'
      readonly field: BatchField
      readonly from: readonly string[]
      readonly to: string
    }
  | { readonly id: string; readonly kind: 'edit'; readonly cells: readonly EditedCell[] }

export const STEP_KINDS = [...CELL_RULES, 'merge', 'edit'] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** More steps, spellings and cells than these are no corrections but another file; they also bound what travels with a batch. */
export const MOST_STEPS = 200
export const MOST_CELLS = 2000
export const MOST_SPELLINGS = 2000
export const LONGEST_TEXT = 500

/** Edits speak of rows of one file, so only the others are worth doing again on the next one. */
export const isReplayable = (step: FixStep): boolean => step.kind !== 'edit'

/** A row as a rule sees it. Cells that are not there are ''. */
export interface FixRow {
  readonly number: number
  cell(column: number): string
}

/** What a rule makes of a row: the cells that change, by column. */
export type ChangedCells = ReadonlyMap<number, string>
export const NO_CHANGE: ChangedCells = new Map()

/** A step ready to run over the rows of a file. */
export interface RowFix {
  fix(row: FixRow): ChangedCells
}

import type { ImportKind, RowCounts } from '../batch.ts'
import type { ProblemDetails } from '../problem.ts'
import type { CheckRule } from './rule.ts'

/** What the whole of a file shows, once all its rows are judged. */
export interface FileFigures {
  readonly kind: ImportKind
  readonly counts: RowCounts
  /** Observations of a SIM or a number that is not of Kazakhstan. */
  readonly outOfRegion: number
  /** IMEIs of the full list that this one replaces; null where it replaces none. */
  readonly before: number | null
}

/**
 * A rule of the file as a whole. At level `error` it refuses the commit until it is accepted by its code (a guard), at `warning` it is
 * announced. Text and remedy: `problem.json`, and `notice` of `imports.json`.
 */
export interface FileRule<Code extends string = string> extends CheckRule<Code> {
  readonly scope: 'file'
  /** What is wrong with the file; null: nothing. Pure. */
  find(file: FileFigures, limit: (name: string) => number): ProblemDetails | null
}

export const fileRule = <const R extends FileRule>(r: R): R => r

/** A share as it is shown: per cent with one digit. */
export const percent = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10

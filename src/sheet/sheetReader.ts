import type { RowBatch } from './rowBatch.ts'
import type { Delimiter, EncodingGuess, RowsOptions, SheetInfo, SheetSurvey } from './workbook.ts'

/** What each format has to provide; `openWorkbook` makes a `Workbook` of it. */
export interface SheetReader {
  readonly date1904: boolean
  readonly sheets: readonly SheetInfo[]
  readonly encoding?: EncodingGuess
  readonly delimiter?: Delimiter
  readonly otherFiles?: readonly string[]
  rows(sheet: string, options: RowsOptions): AsyncGenerator<RowBatch, SheetSurvey, undefined>
}

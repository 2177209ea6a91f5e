import type { RowBatch } from './rowBatch.ts'

/** What a file is, by its content. */
export type FileKind = 'xlsx' | 'xlsb' | 'ods' | 'xls' | 'text' | 'zip' | 'gzip' | 'encrypted' | 'empty' | 'unknown'

/** Encodings a text file may have. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'rk1048', 'pt154', 'cp866'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** How a text file is to be read, and why it is thought so. */
export interface EncodingGuess {
  readonly encoding: Encoding
  /** `bom`: the file says so; `ascii`: every encoding gives the same; `valid`: its multi-byte letters are right; `letters`: by the
   * frequency of letters; `asked`: the caller chose it. */
  readonly evidence: 'bom' | 'ascii' | 'valid' | 'letters' | 'asked'
  /** A line of the file with letters beyond ASCII, decoded so; '' when there is none. */
  readonly sample: string
  /** The same line in the other encodings worth offering. */
  readonly others: readonly { readonly encoding: Encoding; readonly sample: string }[]
}

export type Delimiter = ',' | ';' | '\t' | '|'

export interface SheetInfo {
  readonly name: string
  /** `veryHidden` cannot be shown from the menu of a spreadsheet program. */
  readonly visibility: 'visible' | 'hidden' | 'veryHidden'
  /** Number of rows as the file claims it, where it does; not to be trusted. */
  readonly rowsHint?: number
}

/** What a reader has to be told about a sheet. `count` things, the first in `row` (and `column`), both from 1. */
export interface SheetNotice {
  readonly code:
    | 'hidden-rows'
    | 'hidden-columns'
    | 'uncalculated-formulas'
    | 'error-cells'
    | 'ragged-rows'
    | 'undecodable-text'
    | 'nul-bytes'
    | 'text-after-quote'
    | 'damaged-records'
  readonly count: number
  readonly row: number
  readonly column?: number
}

/** A merged range, rows and columns from 1, both ends included. Its value is in the first cell, the others are empty. */
export interface MergedRange {
  readonly firstRow: number
  readonly firstColumn: number
  readonly lastRow: number
  readonly lastColumn: number
}

/** What one pass over a sheet has found besides its rows. */
export interface SheetSurvey {
  /** Rows with a value that were read, hidden ones included. */
  readonly rows: number
  /** One more than the last column with a value. */
  readonly columns: number
  readonly notices: readonly SheetNotice[]
  readonly merges: readonly MergedRange[]
}

export interface RowsOptions {
  readonly signal?: AbortSignal | undefined
  /** First row number (from 1) to hand out; earlier rows are passed over. */
  readonly fromRow?: number | undefined
}

/** An open spreadsheet file, whatever its kind. Close it when done: it holds a file descriptor. */
export interface Workbook {
  readonly kind: Exclude<FileKind, 'encrypted' | 'empty' | 'unknown'>
  /** The file's name without its folder, and its size in bytes. */
  readonly file: string
  readonly bytes: number
  /** For text files only. */
  readonly encoding?: EncodingGuess
  readonly delimiter?: Delimiter
  /** Whether dates count from 1904; `RowBatch.iso` knows it already. */
  readonly date1904: boolean
  readonly sheets: readonly SheetInfo[]
  /** Files of an archive that are no spreadsheets and were not read. */
  readonly otherFiles: readonly string[]
  /**
   * The rows of a sheet from top to bottom. Nothing is read ahead of the consumer by more than a few buffers; leaving the loop
   * early frees everything. Several may run at once.
   * @throws SheetError at the place of the trouble; with a broken file only after the rows before it. Rows that came before an
   * error are not to be kept: a wrong checksum is known only at the end.
   */
  rows(sheet: string, options?: RowsOptions): AsyncGenerator<RowBatch, SheetSurvey, undefined>
  /** The first `count` rows with a value, in one or more batches. */
  preview(sheet: string, count: number, options?: RowsOptions): Promise<RowBatch[]>
  /** Reads the whole sheet for what is known only at its end: merged ranges, hidden rows, number of rows. */
  survey(sheet: string, options?: RowsOptions): Promise<SheetSurvey>
  close(): Promise<void>
}

export interface OpenOptions {
  /** For text files: use this encoding instead of the proposed one. */
  readonly encoding?: Encoding | undefined
  readonly delimiter?: Delimiter | undefined
  /** For .xlsx, .xlsb, .xls and .ods files that are protected by one. */
  readonly password?: string | undefined
  readonly signal?: AbortSignal | undefined
}

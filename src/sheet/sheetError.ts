/** Every way in which reading or writing a spreadsheet can fail or needs a word to the reader. A closed list. */
export const SHEET_CODES = [
  'sheet-file-missing',
  'sheet-read-failed',
  'sheet-file-changed',
  'sheet-empty-file',
  'sheet-not-spreadsheet',
  'sheet-broken-zip',
  'sheet-zip-method',
  'sheet-zip-path',
  'sheet-bomb',
  'sheet-crc',
  'sheet-encrypted',
  'sheet-wrong-password',
  'sheet-dtd',
  'sheet-xml-broken',
  'sheet-xml-unknown',
  'sheet-part-missing',
  'sheet-no-sheets',
  'sheet-unknown-sheet',
  'sheet-order',
  'sheet-limits',
  'sheet-too-large',
  'sheet-bad-value',
  'sheet-encoding',
  'sheet-unclosed-quote',
  'sheet-legacy-broken',
  'sheet-cancelled',
  'sheet-write-failed',
  'sheet-write-value',
  'sheet-disk-full',
] as const

export type SheetCode = (typeof SHEET_CODES)[number]

/** Where it happened and what was found; every field only where it is known. Rows and columns count from 1. */
export interface SheetErrorDetails {
  file?: string
  part?: string
  sheet?: string
  row?: number
  column?: number
  value?: string
  found?: string
  limit?: number
  actual?: number
  reason?: string
}

/** Expected trouble with a spreadsheet file. `code` is for the program, the text is only for logs. */
export class SheetError extends Error {
  readonly code: SheetCode
  readonly details: SheetErrorDetails

  constructor(code: SheetCode, details: SheetErrorDetails = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, cause === undefined ? undefined : { cause })
    this.name = 'SheetError'
    this.code = code
    this.details = details
  }
}

/** Adds what an outer layer knows (file, sheet) to an error of an inner one; anything else passes unchanged. */
export function withDetails(error: unknown, details: SheetErrorDetails): unknown {
  if (!(error instanceof SheetError)) return error
  return new SheetError(error.code, { ...details, ...error.details }, error.cause)
}

/** Throws `sheet-cancelled` once the caller's signal has fired. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SheetError('sheet-cancelled')
}

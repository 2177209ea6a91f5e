/** Every way in which reading or writing a spreadsheet can fail. A closed list; `details.reason` says more, for logs. */
export const SHEET_CODES = [
  'cancelled',
  'sheet-missing-file',
  'file-unreadable',
  'sheet-changed-while-read',
  'sheet-empty-file',
  'sheet-not-spreadsheet',
  /** A table saved as a web page under the name of a workbook: HTML, MHTML, the XML of Excel 2003. */
  'sheet-web-page',
  'sheet-encrypted',
  'sheet-wrong-password',
  /** Locked in a way that no password helps with here: XOR of Excel 95, Blowfish of OpenOffice 3. */
  'sheet-old-lock',
  /** The archive: cut off, overlapping or contradicting entries, names that lead out of it. */
  'sheet-broken-zip',
  'sheet-bomb',
  'sheet-crc',
  'sheet-dtd',
  /** A part inside: not well formed, missing, rows out of order, values that are none. */
  'sheet-broken-part',
  /** Right as far as can be seen, but not known here: never skipped in silence. */
  'sheet-unsupported',
  'sheet-too-wide',
  'sheet-too-large',
  'sheet-unclosed-quote',
  /** The workbook has no sheet of that name. */
  'sheet-unknown',
  'sheet-unwritable-value',
  'target-not-writable',
  'disk-full',
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

/** Throws `cancelled` once the caller's signal has fired. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SheetError('cancelled')
}

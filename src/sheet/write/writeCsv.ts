import { Buffer } from 'node:buffer'
import { codePageEncoder } from '../csv/codePage.ts'
import { SheetError } from '../sheetError.ts'
import type { Delimiter, Encoding } from '../workbook.ts'
import { type Written, writeAtomically } from './atomicFile.ts'
import { type CellInput, isoOfDate, plainValue, type RowsInput } from './cellInput.ts'
import { RowFeed } from './rowFeed.ts'

export interface CsvSpec {
  readonly header?: readonly string[] | undefined
  readonly rows: RowsInput
  readonly delimiter?: Delimiter | undefined
  readonly lineEnd?: '\n' | '\r\n' | undefined
  readonly encoding?: Encoding | undefined
  /** Puts a byte order mark before UTF-8, which Excel needs to see it as such. UTF-16 always has one. */
  readonly bom?: boolean | undefined
  /**
   * Puts an apostrophe before text that a spreadsheet program would run as a formula (`=`, `+`, `-`, `@`, tab, CR). For files that people
   * open; not for files that machines compare, since it changes the value. Numbers are never touched.
   */
  readonly neutralise?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Writes a delimited text file (RFC 4180), streaming; it appears under its name only when complete.
 * @throws SheetError `target-not-writable`, `disk-full`, `cancelled`, `sheet-unwritable-value` (a letter that the encoding lacks)
 */
export async function writeCsv(path: string, spec: CsvSpec): Promise<Written> {
  const { delimiter = ',', lineEnd = '\n', encoding = 'utf-8', neutralise = false } = spec
  const encode = encoderOf(encoding)
  const special = new RegExp(`["\\r\\n${delimiter === '|' ? '\\|' : delimiter}]|^\\s|\\s$`)

  function field(cell: CellInput): string {
    const value = plainValue(cell)
    if (value === null || value === undefined) return ''
    if (typeof value === 'number') return numberText(value)
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
    const text = typeof value === 'string' ? value : isoOfDate(value)
    const safe = neutralise && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }

  function line(row: readonly CellInput[]): string {
    let text = ''
    for (let i = 0; i < row.length; i++) text += i === 0 ? field(row[i]) : delimiter + field(row[i])
    // A row of one empty field would read as no row at all.
    return (text === '' && row.length === 1 ? '""' : text) + lineEnd
  }

  return writeAtomically(path, async (file) => {
    if (encoding.startsWith('utf-16') || (spec.bom === true && encoding === 'utf-8')) await file.write(encode('\ufeff'))
    if (spec.header !== undefined) await file.write(encode(line(spec.header)))
    const feed = new RowFeed(spec.rows, spec.signal)
    try {
      for await (const text of feed.pieces(Number.POSITIVE_INFINITY, line)) await file.write(encode(text))
    } finally {
      await feed.close()
    }
    return feed.rows
  })
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new SheetError('sheet-unwritable-value', { value: String(value) })
  return String(value)
}

function encoderOf(encoding: Encoding): (text: string) => Buffer {
  if (encoding === 'utf-8') return (text) => Buffer.from(text, 'utf8')
  if (encoding === 'utf-16le') return (text) => Buffer.from(text, 'utf16le')
  if (encoding === 'utf-16be') return (text) => Buffer.from(text, 'utf16le').swap16()
  return codePageEncoder(encoding)
}

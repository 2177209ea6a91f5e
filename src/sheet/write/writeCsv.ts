import { Buffer } from 'node:buffer'
import { codePageEncoder } from '../csv/codePage.ts'
import { SheetError } from '../sheetError.ts'
import type { Delimiter, Encoding } from '../workbook.ts'
import { type AtomicFile, type Written, writeAtomically } from './atomicFile.ts'
import { type CellInput, isoOfDate, isParted, plainValue, type RowInput, type RowsInput } from './cellInput.ts'
import { PartTexts } from './partTexts.ts'
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
    if (typeof cell === 'string') return textField(cell)
    const value = plainValue(cell)
    if (value === null || value === undefined) return ''
    if (typeof value === 'number') return numberText(value)
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
    return textField(typeof value === 'string' ? value : isoOfDate(value))
  }

  function textField(text: string): string {
    const safe = neutralise && wouldRun(text) ? `'${text}` : text
    return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }

  const partTexts = new PartTexts((part) => part.map((cell) => delimiter + field(cell)).join(''))

  function line(row: RowInput): string {
    let text = ''
    if (isParted(row)) {
      text = field(row.first)
      for (const part of row.parts) text += partTexts.of(part)
      return text + lineEnd
    }
    for (let i = 0; i < row.length; i++) text += i === 0 ? field(row[i]) : delimiter + field(row[i])
    // A row of one empty field would read as no row at all.
    return (text === '' && row.length === 1 ? '""' : text) + lineEnd
  }

  return writeAtomically(path, async (file) => {
    const out = encoding === 'utf-8' ? new Utf8Sink(file) : { add: (t: string) => file.write(encode(t)), flush: done }
    if (encoding.startsWith('utf-16') || (spec.bom === true && encoding === 'utf-8')) await out.add('\ufeff')
    if (spec.header !== undefined) await out.add(line(spec.header))
    const feed = new RowFeed(spec.rows, spec.signal)
    try {
      for await (const text of feed.pieces(Number.POSITIVE_INFINITY, line)) await out.add(text)
      await out.flush()
    } finally {
      await feed.close()
    }
    return feed.rows
  })
}

const done = async (): Promise<void> => undefined

/** Encodes pieces into one buffer again and again: few and large writes, and nothing made per piece. */
class Utf8Sink {
  readonly #file: AtomicFile
  readonly #buffer = Buffer.allocUnsafeSlow(1 << 18)
  #used = 0

  constructor(file: AtomicFile) {
    this.#file = file
  }

  async add(text: string): Promise<void> {
    // a character takes three bytes at most
    if (this.#used + text.length * 3 > this.#buffer.length) await this.flush()
    if (text.length * 3 > this.#buffer.length) await this.#file.write(Buffer.from(text, 'utf8'))
    else this.#used += this.#buffer.write(text, this.#used, 'utf8')
  }

  async flush(): Promise<void> {
    const filled = this.#buffer.subarray(0, this.#used)
    this.#used = 0
    if (filled.length > 0) await this.#file.write(filled)
  }
}

/** Whether a spreadsheet program would run the text as a formula: it begins with `=`, `+`, `-`, `@`, tab or CR. */
export function wouldRun(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === 0x3d || first === 0x2b || first === 0x2d || first === 0x40 || first === 0x09 || first === 0x0d
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

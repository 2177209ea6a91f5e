import { Buffer } from 'node:buffer'
import type { RowBatch } from '../rowBatch.ts'
import { SheetError, throwIfCancelled, withDetails } from '../sheetError.ts'
import { SheetFindings } from '../sheetFindings.ts'
import type { SheetReader } from '../sheetReader.ts'
import type { Source } from '../source.ts'
import type { StringTable } from '../stringTable.ts'
import type { RowsOptions, SheetSurvey } from '../workbook.ts'
import type { ZipDirectory } from '../zip/directory.ts'
import { entryStream } from '../zip/entryStream.ts'
import { xmlEncodingOf } from './readElements.ts'
import { readStrings } from './readStrings.ts'
import { SheetScanner } from './sheetScanner.ts'
import { LARGEST_STRINGS } from './xlsxLimits.ts'
import { readPackage } from './xlsxPackage.ts'

/** Opens an .xlsx or .xlsm package: finds its sheets; rows are read when asked for, shared strings once, at the first sheet. */
export async function openXlsx(source: Source, zip: ZipDirectory): Promise<SheetReader> {
  const parts = await readPackage(source, zip)
  let strings: Promise<StringTable | null> | null = null

  async function loadStrings(signal: AbortSignal | undefined): Promise<StringTable | null> {
    const entry = parts.strings
    if (entry === null) return null
    if (entry.size > LARGEST_STRINGS) {
      throw new SheetError('sheet-too-large', { part: entry.name, limit: LARGEST_STRINGS, actual: entry.size })
    }
    try {
      return await readStrings(asUtf8(entryStream(source, entry), signal), entry.size * 2)
    } catch (error) {
      throw withDetails(error, { part: entry.name })
    }
  }

  /** The strings are read once for all sheets; a reader that was cancelled meanwhile must not take them from another. */
  async function sharedStrings(signal: AbortSignal | undefined): Promise<StringTable | null> {
    for (;;) {
      strings ??= loadStrings(signal)
      const loading = strings
      try {
        return await loading
      } catch (error) {
        if (strings === loading) strings = null
        const byAnother = error instanceof SheetError && error.code === 'cancelled' && signal?.aborted !== true
        if (!byAnother) throw error
      }
    }
  }

  async function* rows(name: string, options: RowsOptions): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
    const sheet = parts.sheets.find(({ info }) => info.name === name)
    if (sheet === undefined) throw new SheetError('sheet-unknown', { sheet: name })
    const { signal, fromRow = 1 } = options
    const table = await sharedStrings(signal)
    const findings = new SheetFindings()
    const { date1904, dateStyles } = parts
    const scanner = new SheetScanner({ strings: table, dateStyles, date1904, fromRow, findings })
    let read = 0
    const total = sheet.entry.compressedSize
    const pieces = entryStream(source, sheet.entry, (bytes) => {
      read = bytes
    })
    try {
      for await (const piece of asUtf8(pieces, signal)) {
        scanner.push(piece)
        for (let batch = scanner.take(read, total); batch !== null; batch = scanner.take(read, total)) {
          yield batch
          throwIfCancelled(signal)
        }
      }
      for (let batch = scanner.end(total, total); batch !== null; batch = scanner.end(total, total)) yield batch
    } catch (error) {
      throw withDetails(error, { sheet: name })
    }
    return findings.survey()
  }

  return { date1904: parts.date1904, sheets: parts.sheets.map(({ info }) => info), rows }
}

/** UTF-16 parts are allowed by the standard; everything behind this sees UTF-8. */
async function* asUtf8(pieces: AsyncGenerator<Buffer>, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | null = null
  let first = true
  for await (const piece of pieces) {
    throwIfCancelled(signal)
    if (first) {
      const encoding = xmlEncodingOf(piece)
      if (encoding !== 'utf-8') decoder = new TextDecoder(encoding, { fatal: false })
      first = false
    }
    yield decoder === null ? piece : Buffer.from(decoder.decode(piece, { stream: true }), 'utf8')
  }
}

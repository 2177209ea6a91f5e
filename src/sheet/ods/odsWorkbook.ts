import type { RowBatch } from '../rowBatch.ts'
import { SheetError, throwIfCancelled, withDetails } from '../sheetError.ts'
import { SheetFindings } from '../sheetFindings.ts'
import type { SheetReader } from '../sheetReader.ts'
import type { Source } from '../source.ts'
import { TextBatch } from '../textBatch.ts'
import type { OpenOptions, RowsOptions, SheetSurvey } from '../workbook.ts'
import { LARGEST_SMALL_PART } from '../xlsx/xlsxLimits.ts'
import type { ZipDirectory } from '../zip/directory.ts'
import { entryStream, readEntry } from '../zip/entryStream.ts'
import { OdsContent } from './odsContent.ts'
import { OdsRows } from './odsRows.ts'
import { OdsTables } from './odsTables.ts'

/**
 * Opens an OpenDocument spreadsheet. All tables are in one part, so opening reads it once for their names.
 * @throws SheetError `sheet-encrypted`, `sheet-broken-part`, `sheet-unsupported`, `sheet-dtd`
 */
export async function openOds(source: Source, zip: ZipDirectory, { signal }: OpenOptions): Promise<SheetReader> {
  const content = zip.entries.get('content.xml')
  if (content === undefined) throw new SheetError('sheet-broken-part', { reason: 'missing', part: 'content.xml' })
  const entry = content
  const manifest = zip.entries.get('META-INF/manifest.xml')
  if (manifest !== undefined) {
    const text = (await readEntry(source, manifest, LARGEST_SMALL_PART)).toString('utf8')
    if (/:encryption-data\b/.test(text)) throw new SheetError('sheet-encrypted')
  }
  const tables = new OdsTables()
  const opening = new OdsContent(tables)
  try {
    for await (const piece of entryStream(source, entry)) {
      throwIfCancelled(signal)
      opening.push(piece)
    }
    opening.end()
  } catch (error) {
    throw withDetails(error, { part: 'content.xml' })
  }
  const { sheets } = tables
  if (sheets.length === 0) throw new SheetError('sheet-broken-part', { reason: 'no sheets' })

  async function* rows(name: string, options: RowsOptions): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
    if (!sheets.some((sheet) => sheet.name === name)) throw new SheetError('sheet-unknown', { sheet: name })
    const findings = new SheetFindings()
    const batch = new TextBatch(false, findings)
    const ready: RowBatch[] = []
    let read = 0
    const total = entry.compressedSize
    const collector = new OdsRows(name, batch, findings, options.fromRow ?? 1, () => {
      const full = batch.full ? batch.take(read, total) : null
      if (full !== null) ready.push(full)
    })
    const reading = new OdsContent(collector)
    const pieces = entryStream(source, entry, (bytes) => {
      read = bytes
    })
    try {
      for await (const piece of pieces) {
        throwIfCancelled(options.signal)
        reading.push(piece)
        for (const full of ready.splice(0)) {
          yield full
          throwIfCancelled(options.signal)
        }
      }
      reading.end()
    } catch (error) {
      throw withDetails(error, { sheet: name })
    }
    const last = batch.take(total, total)
    if (last !== null) yield last
    return findings.survey()
  }

  return { date1904: false, sheets, rows }
}

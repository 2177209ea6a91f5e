import { Buffer } from 'node:buffer'
import { type ByteStream, memberStream, memoryStream } from '../byteStream.ts'
import { decryptPart, lockOf, openingOf } from '../encrypted/decryptOds.ts'
import type { RowBatch } from '../rowBatch.ts'
import { SheetError, throwIfCancelled, withDetails } from '../sheetError.ts'
import { SheetFindings } from '../sheetFindings.ts'
import type { SheetReader } from '../sheetReader.ts'
import type { Source } from '../source.ts'
import { TextBatch } from '../textBatch.ts'
import type { OpenOptions, RowsOptions, SheetSurvey } from '../workbook.ts'
import { LARGEST_SMALL_PART } from '../xlsx/xlsxLimits.ts'
import type { ZipDirectory, ZipEntry } from '../zip/directory.ts'
import { readEntry } from '../zip/entryStream.ts'
import { storedZip } from '../zip/storedZip.ts'
import { OdsContent } from './odsContent.ts'
import { OdsRows } from './odsRows.ts'
import { OdsTables } from './odsTables.ts'

/**
 * Opens an OpenDocument spreadsheet. All tables are in one part, so opening reads it once for their names.
 * @throws SheetError `sheet-encrypted`, `sheet-broken-part`, `sheet-unsupported`, `sheet-dtd`
 */
export async function openOds(source: Source, zip: ZipDirectory, options: OpenOptions): Promise<SheetReader> {
  const { signal } = options
  const content = zip.entries.get('content.xml')
  if (content === undefined) throw new SheetError('sheet-broken-part', { reason: 'missing', part: 'content.xml' })
  const clear = await decrypted(source, zip, content, options)
  const part: ByteStream = clear === null ? memberStream(source, content) : memoryStream(clear)
  const tables = new OdsTables()
  const opening = new OdsContent(tables)
  try {
    for await (const piece of part.open()) {
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
    const total = part.packedSize
    const collector = new OdsRows(name, batch, findings, options.fromRow ?? 1, () => {
      const full = batch.full ? batch.take(read, total) : null
      if (full !== null) ready.push(full)
    })
    const reading = new OdsContent(collector)
    const pieces = part.open((bytes) => {
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

/** Locked, the whole part has to be in memory: in clear it must not touch the disk. */
const LARGEST_LOCKED = 256 << 20

/** The content of a file that is protected by a password; null where it is not. */
async function decrypted(
  source: Source,
  zip: ZipDirectory,
  content: ZipEntry,
  { password }: Pick<OpenOptions, 'password'>,
): Promise<Buffer | null> {
  const manifest = zip.entries.get('META-INF/manifest.xml')
  // the newest way locks everything into one part
  if (zip.entries.has('encrypted-package')) throw new SheetError('sheet-unsupported', { found: 'encrypted-package' })
  if (manifest === undefined) return null
  const lock = lockOf(await readEntry(source, manifest, LARGEST_SMALL_PART), content.name)
  if (lock === null) return null
  openingOf(lock)
  if (password === undefined) throw new SheetError('sheet-encrypted')
  if (lock.size > LARGEST_LOCKED)
    throw new SheetError('sheet-too-large', { part: content.name, limit: LARGEST_LOCKED, actual: lock.size })
  return decryptPart(await readEntry(source, content, LARGEST_LOCKED), lock, password)
}

/** What is read of a protected file, as a file without protection; null where it is not protected. */
export async function unlockedOds(
  source: Source,
  zip: ZipDirectory,
  password: string | undefined,
): Promise<Buffer | null> {
  const content = zip.entries.get('content.xml')
  const clear = content === undefined ? null : await decrypted(source, zip, content, { password })
  if (clear === null) return null
  const mimetype = Buffer.from('application/vnd.oasis.opendocument.spreadsheet')
  return storedZip([
    { name: 'mimetype', data: mimetype },
    { name: 'content.xml', data: clear },
  ])
}

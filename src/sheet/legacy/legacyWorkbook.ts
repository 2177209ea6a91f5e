import { Buffer } from 'node:buffer'
import { decryptStream, isProtectedStream } from '../encrypted/biffPassword.ts'
import { OLE2 } from '../kindOf.ts'
import { RowBatch, type RowParts } from '../rowBatch.ts'
import { SheetError, throwIfCancelled } from '../sheetError.ts'
import type { SheetReader } from '../sheetReader.ts'
import type { Source } from '../source.ts'
import { TextCache } from '../textCache.ts'
import type { OpenOptions, RowsOptions, SheetSurvey } from '../workbook.ts'
import type { ZipDirectory } from '../zip/directory.ts'
import { entryStream } from '../zip/entryStream.ts'
import { CompoundFile } from './compoundFile.ts'
import { parseInThread } from './legacyThread.ts'

const LARGEST_FILE = 32 << 20
const LARGEST_UNPACKED = 256 << 20

/**
 * Opens an .xls or .xlsb file through SheetJS, which reads it whole. Meant for the files that an old register sends, not for large
 * ones: above 32 MB it is refused.
 * @throws SheetError `sheet-too-large`, `sheet-encrypted`, `sheet-broken-part`, `cancelled`, and for zipped kinds what their parts give
 */
export async function openLegacy(
  source: Source,
  zip: ZipDirectory | undefined,
  { signal, password }: OpenOptions,
): Promise<SheetReader> {
  if (source.size > LARGEST_FILE) throw new SheetError('sheet-too-large', { limit: LARGEST_FILE, actual: source.size })
  // SheetJS checks neither sizes nor checksums.
  if (zip !== undefined) await verify(source, zip)
  const bytes = (zip === undefined ? await unlockedStream(source, password) : null) ?? (await wholeFile(source))
  throwIfCancelled(signal)
  const { date1904, sheets } = await parseInThread(bytes, signal)

  async function* rows(name: string, options: RowsOptions): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
    const sheet = sheets.find(({ info }) => info.name === name)
    if (sheet === undefined) throw new SheetError('sheet-unknown', { sheet: name })
    const cache = new TextCache()
    const { fromRow = 1 } = options
    let count = 0
    for (const [i, whole] of sheet.batches.entries()) {
      throwIfCancelled(options.signal)
      const parts = partsFrom(whole, fromRow)
      if (parts.count === 0) continue
      count += parts.count
      const read = Math.round((source.size * (i + 1)) / sheet.batches.length)
      yield new RowBatch({ ...parts, strings: null, cache, date1904 }, read, source.size)
    }
    throwIfCancelled(options.signal)
    return { ...sheet.survey, rows: count }
  }

  return { date1904, sheets: sheets.map(({ info }) => info), rows }
}

async function wholeFile(source: Source): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(source.size)
  await source.read(Buffer.from(bytes.buffer), 0)
  return bytes
}

/** The workbook of a protected .xls as SheetJS reads it without its container; null where it is not protected. */
export async function unlockedStream(
  source: Source,
  password: string | undefined,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const start = Buffer.alloc(Math.min(8, source.size))
  await source.read(start, 0)
  if (!start.equals(OLE2)) return null
  const file = await CompoundFile.open(source)
  const name = file.names.find((one) => one === 'Workbook' || one === 'Book')
  if (name === undefined) return null
  const stream = await file.read(name, LARGEST_FILE)
  if (!isProtectedStream(stream)) return null
  if (password === undefined) throw new SheetError('sheet-encrypted')
  // a copy of its own, since the bytes go over to another thread
  return new Uint8Array(decryptStream(stream, password))
}

/** The rows of a batch from a row number on. */
function partsFrom(parts: RowParts, fromRow: number): RowParts {
  const bytes = Buffer.from(parts.bytes.buffer, parts.bytes.byteOffset, parts.bytes.byteLength)
  let first = 0
  while (first < parts.count && (parts.rowNumbers[first] as number) < fromRow) first += 1
  return {
    ...parts,
    bytes,
    count: parts.count - first,
    rowNumbers: parts.rowNumbers.subarray(first),
    repeated: parts.repeated.subarray(first),
    hidden: parts.hidden.subarray(first),
    cellStart: parts.cellStart.subarray(first),
  }
}

async function verify(source: Source, zip: ZipDirectory): Promise<void> {
  let total = 0
  for (const entry of zip.entries.values()) total += entry.size
  if (total > LARGEST_UNPACKED) throw new SheetError('sheet-too-large', { limit: LARGEST_UNPACKED, actual: total })
  for (const entry of zip.entries.values())
    for await (const piece of entryStream(source, entry)) if (piece.length === 0) break
}

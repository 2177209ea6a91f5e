import { Buffer } from 'node:buffer'
import { parse } from 'node:path'
import { LARGEST_INNER_WORKBOOK, openArchive } from './archive.ts'
import { fileStream, firstBytes } from './byteStream.ts'
import { openCsv } from './csv/csvWorkbook.ts'
import { decryptPackage } from './encrypted/decryptPackage.ts'
import { gzipStream } from './gzip.ts'
import { recognise, recogniseStart } from './kindOf.ts'
import { CompoundFile } from './legacy/compoundFile.ts'
import { openLegacy, unlockedStream } from './legacy/legacyWorkbook.ts'
import { openOds, unlockedOds } from './ods/odsWorkbook.ts'
import type { RowBatch } from './rowBatch.ts'
import { SheetError, withDetails } from './sheetError.ts'
import type { SheetReader } from './sheetReader.ts'
import { memorySource, openFile, type Source } from './source.ts'
import type { OpenOptions, RowsOptions, SheetSurvey, Workbook } from './workbook.ts'
import { openXlsx } from './xlsx/xlsxWorkbook.ts'
import type { ZipDirectory } from './zip/directory.ts'

const GZIP_START = 1 << 16

/**
 * Opens a spreadsheet file of any kind for reading; what it is, its content tells. Close the workbook when done.
 * @throws SheetError when it cannot be read, is no spreadsheet, is broken, encrypted or built to hurt
 */
export async function openWorkbook(path: string, options: OpenOptions = {}): Promise<Workbook> {
  return openSource(await openFile(path), options)
}

/** As `openWorkbook`, for bytes that lie elsewhere; closing the workbook closes the source. */
export async function openSource(source: Source, options: OpenOptions = {}): Promise<Workbook> {
  try {
    const { kind, reader } = await readerFor(source, options)
    return workbookOf(source, kind, reader)
  } catch (error) {
    await source.close()
    throw withDetails(error, { file: source.name })
  }
}

/**
 * What stands in a file, without the encryption a password lifts: the source itself where there is none.
 * @throws SheetError `sheet-encrypted` without the right password
 */
export async function unlocked(source: Source, password: string | undefined): Promise<Source> {
  try {
    return await withoutLock(source, password)
  } catch (error) {
    throw withDetails(error, { file: source.name })
  }
}

async function withoutLock(source: Source, password: string | undefined): Promise<Source> {
  const { kind, zip } = await recognise(source)
  if (kind === 'xls') {
    const stream = await unlockedStream(source, password)
    return stream === null ? source : memorySource(source.name, Buffer.from(stream.buffer))
  }
  if (kind === 'ods') {
    const clear = await unlockedOds(source, zip as ZipDirectory, password)
    return clear === null ? source : memorySource(source.name, clear)
  }
  if (kind !== 'encrypted') return source
  if (password === undefined) throw new SheetError('sheet-encrypted')
  return memorySource(source.name, await decryptPackage(await CompoundFile.open(source), password))
}

async function readerFor(
  source: Source,
  options: OpenOptions,
): Promise<{ kind: Workbook['kind']; reader: SheetReader }> {
  const { kind, zip, found, webPage } = await recognise(source)
  switch (kind) {
    case 'empty':
      throw new SheetError('sheet-empty-file')
    case 'unknown':
      throw new SheetError(webPage ? 'sheet-web-page' : 'sheet-not-spreadsheet', found === undefined ? {} : { found })
    case 'encrypted':
      return openEncrypted(source, options)
    case 'text':
      return { kind, reader: await openCsv(fileStream(source), parse(source.name).name, options) }
    case 'gzip':
      return { kind, reader: await openGzip(source, options) }
    case 'xlsx':
      return { kind, reader: await openXlsx(source, zip as ZipDirectory) }
    case 'ods':
      return { kind, reader: await openOds(source, zip as ZipDirectory, options) }
    case 'zip':
      return { kind, reader: await openArchive(source, zip as ZipDirectory, options, openInner) }
    default:
      return { kind, reader: await openLegacy(source, zip, options) }
  }
}

async function openEncrypted(
  source: Source,
  options: OpenOptions,
): Promise<{ kind: Workbook['kind']; reader: SheetReader }> {
  if (options.password === undefined) throw new SheetError('sheet-encrypted')
  const clear = await decryptPackage(await CompoundFile.open(source), options.password)
  const inner = memorySource(source.name, clear)
  const { kind } = await recognise(inner)
  if (kind !== 'xlsx' && kind !== 'xlsb') throw new SheetError('sheet-not-spreadsheet', { found: kind })
  return { kind, reader: await openInner(inner, options) }
}

/** A text file or a workbook packed by itself. */
async function openGzip(source: Source, options: OpenOptions): Promise<SheetReader> {
  const stream = await gzipStream(source)
  const name = source.name.replace(/\.gz$/i, '')
  const start = await firstBytes(stream, GZIP_START)
  if (start.length === 0) throw new SheetError('sheet-empty-file')
  const inner = recogniseStart(start)
  if (inner.kind === 'text') return openCsv(stream, parse(name).name, options)
  if (inner.webPage) throw new SheetError('sheet-web-page', { found: inner.found as string })
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream.open()) {
    size += piece.length
    if (size > LARGEST_INNER_WORKBOOK) throw new SheetError('sheet-too-large', { limit: LARGEST_INNER_WORKBOOK })
    pieces.push(Buffer.from(piece))
  }
  return openInner(memorySource(name, Buffer.concat(pieces)), options)
}

/** A workbook in memory: out of an archive or of its encryption. An archive inside an archive is none. */
async function openInner(source: Source, options: OpenOptions): Promise<SheetReader> {
  const { kind, zip } = await recognise(source)
  if (kind === 'encrypted') return (await openEncrypted(source, options)).reader
  if (kind === 'xlsx') return openXlsx(source, zip as ZipDirectory)
  if (kind === 'ods') return openOds(source, zip as ZipDirectory, options)
  if (kind === 'xls' || kind === 'xlsb') return openLegacy(source, zip, options)
  throw new SheetError('sheet-not-spreadsheet', { found: kind })
}

function workbookOf(source: Source, kind: Workbook['kind'], reader: SheetReader): Workbook {
  async function* rows(sheet: string, options: RowsOptions = {}): AsyncGenerator<RowBatch, SheetSurvey, undefined> {
    try {
      const survey = yield* reader.rows(sheet, options)
      await source.assertUnchanged()
      return survey
    } catch (error) {
      throw withDetails(await causeOf(source, error), { file: source.name })
    }
  }
  return {
    kind,
    file: source.name,
    bytes: source.size,
    date1904: reader.date1904,
    sheets: reader.sheets,
    otherFiles: reader.otherFiles ?? [],
    ...(reader.encoding === undefined ? {} : { encoding: reader.encoding }),
    ...(reader.delimiter === undefined ? {} : { delimiter: reader.delimiter }),
    rows,
    async preview(sheet, count, options = {}) {
      const batches: RowBatch[] = []
      let wanted = count
      if (wanted <= 0) return batches
      for await (const batch of rows(sheet, options)) {
        batches.push(batch)
        wanted -= batch.count
        if (wanted <= 0) break
      }
      return batches
    },
    async survey(sheet, options = {}) {
      const reading = rows(sheet, options)
      for (;;) {
        const step = await reading.next()
        if (step.done === true) return step.value
      }
    },
    close: () => source.close(),
  }
}

/** A file that is changed while it is read looks broken; that it was changed is the better word. */
async function causeOf(source: Source, error: unknown): Promise<unknown> {
  if (!(error instanceof SheetError) || error.code === 'cancelled') return error
  try {
    await source.assertUnchanged()
    return error
  } catch (changed) {
    return changed instanceof SheetError && changed.code === 'sheet-changed-while-read' ? changed : error
  }
}

import { parse } from 'node:path'
import { openArchive } from './archive.ts'
import { fileStream } from './byteStream.ts'
import { openCsv } from './csv/csvWorkbook.ts'
import { decryptPackage } from './encrypted/decryptPackage.ts'
import { recognise } from './kindOf.ts'
import { CompoundFile } from './legacy/compoundFile.ts'
import { openLegacy } from './legacy/legacyWorkbook.ts'
import { openOds } from './ods/odsWorkbook.ts'
import type { RowBatch } from './rowBatch.ts'
import { SheetError, withDetails } from './sheetError.ts'
import type { SheetReader } from './sheetReader.ts'
import { memorySource, openFile, type Source } from './source.ts'
import type { OpenOptions, RowsOptions, SheetSurvey, Workbook } from './workbook.ts'
import { openXlsx } from './xlsx/xlsxWorkbook.ts'
import type { ZipDirectory } from './zip/directory.ts'

/**
 * Opens a spreadsheet file of any kind for reading; what it is, its content tells. Close the workbook when done.
 * @throws SheetError when it cannot be read, is no spreadsheet, is broken, encrypted or built to hurt
 */
export async function openWorkbook(path: string, options: OpenOptions = {}): Promise<Workbook> {
  const source = await openFile(path)
  try {
    const { kind, reader } = await readerFor(source, options)
    return workbookOf(source, kind, reader)
  } catch (error) {
    await source.close()
    throw withDetails(error, { file: source.name })
  }
}

async function readerFor(
  source: Source,
  options: OpenOptions,
): Promise<{ kind: Workbook['kind']; reader: SheetReader }> {
  const { kind, zip, found } = await recognise(source)
  switch (kind) {
    case 'empty':
      throw new SheetError('sheet-empty-file')
    case 'unknown':
      throw new SheetError('sheet-not-spreadsheet', found === undefined ? {} : { found })
    case 'encrypted':
      return openEncrypted(source, options)
    case 'text':
      return { kind, reader: await openCsv(fileStream(source), parse(source.name).name, options) }
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

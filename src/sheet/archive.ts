import { posix } from 'node:path'
import { firstBytes, memberStream } from './byteStream.ts'
import { openCsv } from './csv/csvWorkbook.ts'
import { recogniseStart } from './kindOf.ts'
import { SheetError, withDetails } from './sheetError.ts'
import type { SheetReader } from './sheetReader.ts'
import { memorySource, type Source } from './source.ts'
import type { OpenOptions, SheetInfo } from './workbook.ts'
import type { ZipDirectory, ZipEntry } from './zip/directory.ts'
import { readEntry } from './zip/entryStream.ts'

/** A workbook inside a zip has to be in memory, since its own directory stands at its end. */
export const LARGEST_INNER_WORKBOOK = 256 << 20
const START = 1 << 16

/** Opens a workbook that lies in memory. */
export type OpenInner = (source: Source, options: OpenOptions) => Promise<SheetReader>

/**
 * Opens a zip of spreadsheets as one workbook: each text file in it is a sheet, each workbook brings its sheets. Files that are
 * no spreadsheets (a letter as PDF) are named in `otherFiles`.
 * @throws SheetError `sheet-not-spreadsheet` when there is none
 */
export async function openArchive(
  source: Source,
  zip: ZipDirectory,
  options: OpenOptions,
  openInner: OpenInner,
): Promise<SheetReader> {
  const members: { file: string; reader: SheetReader }[] = []
  const otherFiles: string[] = []
  for (const entry of zip.entries.values()) {
    if (isNoise(entry)) continue
    const reader = await openMember(source, entry, options, openInner)
    if (reader === null) otherFiles.push(entry.name)
    else members.push({ file: entry.name, reader })
  }
  const only = members.length === 1 ? members[0] : undefined
  if (only !== undefined) return { ...only.reader, otherFiles }
  if (members.length === 0) throw new SheetError('sheet-not-spreadsheet', { found: 'zip' })
  return joined(members, otherFiles)
}

/** Folders, and what macOS and Windows put into archives beside the files. */
function isNoise(entry: ZipEntry): boolean {
  const base = posix.basename(entry.name)
  return entry.name.endsWith('/') || entry.name.startsWith('__MACOSX/') || base === '.DS_Store' || base === 'Thumbs.db'
}

async function openMember(
  source: Source,
  entry: ZipEntry,
  options: OpenOptions,
  openInner: OpenInner,
): Promise<SheetReader | null> {
  const stream = memberStream(source, entry)
  try {
    const start = await firstBytes(stream, START)
    if (start.length === 0) return null
    const magic = start.toString('latin1', 0, 4)
    if (magic === 'PK\x03\x04' || magic === '\xd0\xcf\x11\xe0') {
      const bytes = await readEntry(source, entry, LARGEST_INNER_WORKBOOK)
      return await openInner(memorySource(entry.name, bytes), options)
    }
    if (recogniseStart(start).kind !== 'text') return null
    return await openCsv(stream, posix.parse(entry.name).name, options)
  } catch (error) {
    if (error instanceof SheetError && error.code === 'sheet-not-spreadsheet') return null
    throw withDetails(error, { part: entry.name })
  }
}

/** Several files as one workbook; a sheet is named after its file where two would have the same name. */
function joined(members: { file: string; reader: SheetReader }[], otherFiles: string[]): SheetReader {
  const counts = new Map<string, number>()
  for (const { reader } of members) for (const { name } of reader.sheets) counts.set(name, (counts.get(name) ?? 0) + 1)
  const sheets: SheetInfo[] = []
  const places = new Map<string, { reader: SheetReader; sheet: string }>()
  for (const { file, reader } of members) {
    for (const info of reader.sheets) {
      const name = counts.get(info.name) === 1 ? info.name : `${file}: ${info.name}`
      sheets.push({ ...info, name })
      places.set(name, { reader, sheet: info.name })
    }
  }
  const text = members.find(({ reader }) => reader.encoding !== undefined)?.reader
  return {
    date1904: false,
    sheets,
    otherFiles,
    ...(text?.encoding === undefined ? {} : { encoding: text.encoding }),
    ...(text?.delimiter === undefined ? {} : { delimiter: text.delimiter }),
    rows(name, rowsOptions) {
      const place = places.get(name)
      if (place === undefined) throw new SheetError('sheet-unknown', { sheet: name })
      return place.reader.rows(place.sheet, rowsOptions)
    },
  }
}

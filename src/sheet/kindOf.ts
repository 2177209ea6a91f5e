import { Buffer, isUtf8 } from 'node:buffer'
import { completeUtf8End } from './byteWindow.ts'
import { encodingOfMark, utf16WithoutMark } from './csv/unicodeMark.ts'
import { isEncryptedPackage } from './encrypted/decryptPackage.ts'
import { CompoundFile } from './legacy/compoundFile.ts'
import { openFile, type Source } from './source.ts'
import type { FileKind } from './workbook.ts'
import { workbookPart } from './xlsx/xlsxPackage.ts'
import { readDirectory, type ZipDirectory } from './zip/directory.ts'
import { readEntry } from './zip/entryStream.ts'

const SAMPLE = 1 << 16
const GZIP = Buffer.from([0x1f, 0x8b])
export const OLE2 = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** Well-known files that are no spreadsheets, so that the message can name them. */
const OTHERS: readonly [name: string, magic: string][] = [
  ['PDF', '%PDF'],
  ['JPEG', '\xff\xd8\xff'],
  ['PNG', '\x89PNG'],
  ['GIF', 'GIF8'],
  ['TIFF', 'II*\0'],
  ['RAR', 'Rar!'],
  ['7-Zip', '7z\xbc\xaf'],
  ['SQLite', 'SQLite format 3\0'],
  ['RTF', '{\\rtf'],
  ['program', 'MZ'],
  ['program', '\x7fELF'],
]

export interface Recognised {
  readonly kind: FileKind
  /** The directory, for everything that is a zip. */
  readonly zip?: ZipDirectory
  /** What an unknown file seems to be. */
  readonly found?: string
  /** A table, but saved as a web page. */
  readonly webPage?: boolean
}

/** What a file is, by its content; its name plays no part. Throws `SheetError` when it cannot be read or its zip is broken. */
export async function kindOf(path: string): Promise<FileKind> {
  const source = await openFile(path)
  try {
    return (await recognise(source)).kind
  } finally {
    await source.close()
  }
}

/** As `kindOf`, for an open source, with what was learnt on the way. */
export async function recognise(source: Source): Promise<Recognised> {
  if (source.size === 0) return { kind: 'empty' }
  const start = Buffer.alloc(Math.min(source.size, SAMPLE))
  await source.read(start, 0)
  const magic = start.toString('latin1', 0, 16)
  if (magic.startsWith('PK\x03\x04') || magic.startsWith('PK\x05\x06')) return recogniseZip(source)
  if (start.subarray(0, 8).equals(OLE2)) return recogniseOle2(source)
  if (isWorkbookStream(start)) return { kind: 'xls' }
  if (start.subarray(0, 2).equals(GZIP)) return { kind: 'gzip' }
  return recogniseStart(start)
}

/** Records of an old workbook without the container around them: BOF, its length, a version of 1995 or later ([MS-XLS] 2.4.21). */
const isWorkbookStream = (start: Buffer): boolean =>
  start.length > 8 && start.readUInt16LE(0) === 0x809 && [8, 16].includes(start.readUInt16LE(2))

/** As `recognise`, for something that is neither a zip nor an OLE2 file, from its first bytes alone. */
export function recogniseStart(start: Buffer): Recognised {
  const magic = start.toString('latin1', 0, 16)
  for (const [found, mark] of OTHERS) if (magic.startsWith(mark)) return { kind: 'unknown', found }
  if (!looksLikeText(start)) return { kind: 'unknown', found: 'binary' }
  const page = webPage(start)
  if (page !== null) return { kind: 'unknown', found: page, webPage: true }
  if (/^<\?xml\b/i.test(headOf(start))) return { kind: 'unknown', found: 'XML' }
  return { kind: 'text' }
}

/** The first characters, without mark and blanks; only ASCII matters here, so letters of UTF-16 lose their zeros. */
const headOf = (start: Buffer): string =>
  start
    .toString('latin1', 0, 4096)
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, '')

/** What programs of registers call .xls though it is a page for a browser; null where it is none. */
function webPage(start: Buffer): string | null {
  const head = headOf(start)
  if (/^(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|table|head|body|style|meta|div)\b/i.test(head)) return 'HTML'
  if (/^mime-version:/i.test(head)) return 'MHTML'
  const excel = /<\?mso-application\s+progid="Excel|urn:schemas-microsoft-com:office:spreadsheet/i
  return head.startsWith('<') && excel.test(head) ? 'XML 2003' : null
}

async function recogniseZip(source: Source): Promise<Recognised> {
  const zip = await readDirectory(source)
  const mimetype = zip.entries.get('mimetype')
  if (mimetype !== undefined && mimetype.size < 200) {
    const type = (await readEntry(source, mimetype, 200)).toString('latin1').trim()
    if (type.startsWith('application/vnd.oasis.opendocument.spreadsheet')) return { kind: 'ods', zip }
    if (type.startsWith('application/vnd.oasis')) return { kind: 'unknown', found: 'OpenDocument' }
  }
  if (zip.entries.has('[Content_Types].xml')) {
    const part = await workbookPart(source, zip)
    if (part?.endsWith('.bin')) return { kind: 'xlsb', zip }
    if (part?.includes('word/')) return { kind: 'unknown', found: 'Word' }
    if (part?.includes('ppt/')) return { kind: 'unknown', found: 'PowerPoint' }
    if (part !== null) return { kind: 'xlsx', zip }
  }
  return { kind: 'zip', zip }
}

async function recogniseOle2(source: Source): Promise<Recognised> {
  const { names } = await CompoundFile.open(source)
  if (isEncryptedPackage(names)) return { kind: 'encrypted' }
  if (names.includes('Workbook') || names.includes('Book')) return { kind: 'xls' }
  return { kind: 'unknown', found: names.includes('WordDocument') ? 'Word' : 'OLE2' }
}

/** Text has nearly no control characters; UTF-16 is told by its mark or by the NUL in every second place. */
function looksLikeText(start: Buffer): boolean {
  if (encodingOfMark(start)?.startsWith('utf-16') === true || utf16WithoutMark(start) !== null) return true
  let controls = 0
  for (const byte of start) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 26) controls += 1
  const share = controls / start.length
  return share < 0.002 || (share < 0.05 && isUtf8(start.subarray(0, completeUtf8End(start, 0, start.length))))
}

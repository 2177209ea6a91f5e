import { Buffer } from 'node:buffer'
import { crc32, createInflateRaw } from 'node:zlib'
import { SheetError } from '../sheetError.ts'
import type { Source } from '../source.ts'
import type { ZipEntry } from './directory.ts'
import { UNPACKED_SIZE, unpack } from './unpack.ts'

const LOCAL_SIGNATURE = 0x04034b50
const LOCAL_SIZE = 30
const READ_SIZE = 1 << 18

/** Called with the number of compressed bytes read so far. */
export type ReadProgress = (bytes: number) => void

/**
 * The unpacked bytes of an entry, in pieces, no further ahead than the consumer; a piece is lent until the next one is asked for. The end
 * is checked against the declared size and CRC.
 * @throws SheetError `sheet-encrypted`, `sheet-unsupported`, `sheet-broken-zip`, `sheet-bomb` (unpacks to more than declared), `sheet-crc`
 */
export async function* entryStream(source: Source, entry: ZipEntry, progress?: ReadProgress): AsyncGenerator<Buffer> {
  const { name, size } = entry
  const from = await dataStart(source, entry)
  const packed = readRange(source, from, entry.compressedSize, progress)
  let crc = 0
  let total = 0
  for await (const piece of entry.method === 0 ? packed : inflated(packed, entry)) {
    total += piece.length
    if (total > size)
      throw new SheetError('sheet-bomb', { part: name, limit: size, reason: 'unpacks to more than declared' })
    crc = crc32(piece, crc)
    yield piece
  }
  if (total !== size) throw new SheetError('sheet-broken-zip', { part: name, reason: 'unpacks to less than declared' })
  if (crc !== entry.crc32) throw new SheetError('sheet-crc', { part: name })
}

/** A whole entry in memory, refused above `limit` bytes. */
export async function readEntry(source: Source, entry: ZipEntry, limit: number): Promise<Buffer> {
  if (entry.size > limit) throw new SheetError('sheet-too-large', { part: entry.name, limit, actual: entry.size })
  const whole = Buffer.allocUnsafeSlow(entry.size)
  let at = 0
  for await (const piece of entryStream(source, entry)) at += piece.copy(whole, at)
  return whole
}

async function dataStart(source: Source, entry: ZipEntry): Promise<number> {
  const { name } = entry
  if (entry.encrypted) throw new SheetError('sheet-encrypted', { part: name })
  if (entry.method !== 0 && entry.method !== 8) {
    throw new SheetError('sheet-unsupported', { part: name, found: String(entry.method) })
  }
  const header = Buffer.alloc(LOCAL_SIZE)
  await source.read(header, entry.headerAt)
  if (header.readUInt32LE(0) !== LOCAL_SIGNATURE) throw broken(name, 'no entry where the directory says')
  const nameLength = header.readUInt16LE(26)
  const localName = Buffer.alloc(nameLength)
  await source.read(localName, entry.headerAt + LOCAL_SIZE)
  const utf8 = (header.readUInt16LE(6) & 0x800) !== 0
  const sameName = localName.toString(utf8 ? 'utf8' : 'latin1').replaceAll('\\', '/') === name
  if (!sameName || header.readUInt16LE(8) !== entry.method) throw broken(name, 'entry and directory differ')
  const start = entry.headerAt + LOCAL_SIZE + nameLength + header.readUInt16LE(28)
  if (start + entry.compressedSize > entry.endsBefore) throw broken(name, 'entries overlap')
  if (entry.method === 0 && entry.size !== entry.compressedSize) throw broken(name, 'stored size')
  return start
}

async function* inflated(packed: AsyncGenerator<Buffer>, entry: ZipEntry): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: UNPACKED_SIZE })
  try {
    yield* unpack(packed, inflate)
    if (inflate.bytesWritten !== entry.compressedSize) throw broken(entry.name, 'bytes after the end')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw code.startsWith('Z_') ? broken(entry.name, code, error) : error
  }
}

/** Bytes `[from, from + length)` of a source in pieces; a piece is lent until the next one is asked for. */
export async function* readRange(
  source: Source,
  from: number,
  length: number,
  progress?: ReadProgress,
): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafeSlow(Math.min(READ_SIZE, length))
  for (let done = 0; done < length; ) {
    const piece = block.subarray(0, Math.min(READ_SIZE, length - done))
    await source.read(piece, from + done)
    done += piece.length
    progress?.(done)
    yield piece
  }
}

function broken(part: string, reason: string, cause?: unknown): SheetError {
  return new SheetError('sheet-broken-zip', { part, reason }, cause)
}

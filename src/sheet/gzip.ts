import { Buffer } from 'node:buffer'
import { createGunzip } from 'node:zlib'
import type { ByteStream } from './byteStream.ts'
import { SheetError } from './sheetError.ts'
import type { Source } from './source.ts'
import { HARMLESS_SIZE, HIGHEST_RATIO } from './zip/directory.ts'
import { type ReadProgress, readRange } from './zip/entryStream.ts'
import { UNPACKED_SIZE, unpack } from './zip/unpack.ts'

/** Header of 10 bytes, an empty block, checksum and size (RFC 1952). */
const SHORTEST = 20

/**
 * The file inside a .gz, as daily dumps are often packed. The format has no directory, so how long it is shows only at its end: what
 * unpacks to more than 200 times its size is stopped on the way. Size and CRC are checked by zlib.
 * @throws SheetError while reading: `sheet-broken-zip`, `sheet-crc`, `sheet-bomb`
 */
export async function gzipStream(source: Source): Promise<ByteStream> {
  if (source.size < SHORTEST) throw new SheetError('sheet-broken-zip', { reason: 'ends early' })
  const end = Buffer.alloc(4)
  await source.read(end, source.size - 4)
  return {
    size: end.readUInt32LE(0),
    packedSize: source.size,
    open: (progress) => unpacked(source, progress),
  }
}

async function* unpacked(source: Source, progress?: ReadProgress): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_SIZE })
  const limit = Math.max(HARMLESS_SIZE, source.size * HIGHEST_RATIO)
  let total = 0
  try {
    for await (const piece of unpack(readRange(source, 0, source.size, progress), gunzip)) {
      total += piece.length
      if (total > limit) throw new SheetError('sheet-bomb', { limit: HIGHEST_RATIO })
      yield piece
    }
    if (gunzip.bytesWritten !== source.size) {
      throw new SheetError('sheet-broken-zip', { reason: 'bytes after the end' })
    }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    if (!code.startsWith('Z_')) throw error
    throw new SheetError(
      /data check|length check/.test(message) ? 'sheet-crc' : 'sheet-broken-zip',
      { reason: code },
      error,
    )
  }
}

import { Buffer } from 'node:buffer'
import type { Source } from './source.ts'
import type { ZipEntry } from './zip/directory.ts'
import { entryStream, type ReadProgress, readRange } from './zip/entryStream.ts'

const MEMORY_PIECE = 1 << 18

/** Bytes that can be read from the start, as often as wanted. */
export interface ByteStream {
  /** Length in bytes, unpacked. */
  readonly size: number
  /** Bytes that `open` reports progress in: packed ones for a part of an archive. */
  readonly packedSize: number
  /** The bytes in pieces. A piece is lent: it is good until the next one is asked for, who needs it longer copies it. */
  open(progress?: ReadProgress): AsyncGenerator<Buffer>
}

/** A whole file. */
export function fileStream(source: Source): ByteStream {
  const { size } = source
  return { size, packedSize: size, open: (progress) => readRange(source, 0, size, progress) }
}

/** A file inside a zip. */
export function memberStream(source: Source, entry: ZipEntry): ByteStream {
  return {
    size: entry.size,
    packedSize: entry.compressedSize,
    open: (progress) => entryStream(source, entry, progress),
  }
}

/** Bytes that lie in memory already. */
export function memoryStream(bytes: Buffer): ByteStream {
  const size = bytes.length
  return {
    size,
    packedSize: size,
    async *open(progress) {
      for (let at = 0; at < size; at += MEMORY_PIECE) {
        progress?.(Math.min(size, at + MEMORY_PIECE))
        yield bytes.subarray(at, at + MEMORY_PIECE)
      }
    },
  }
}

/** The first bytes of a stream, at most `limit`. */
export async function firstBytes(stream: ByteStream, limit: number): Promise<Buffer> {
  for await (const piece of stream.open()) return Buffer.from(piece.subarray(0, limit))
  return Buffer.alloc(0)
}

import type { Buffer } from 'node:buffer'
import type { Gunzip, InflateRaw } from 'node:zlib'

/** Size of the pieces that `zlib` should hand out: each costs two changes of thread. */
export const UNPACKED_SIZE = 1 << 19

/**
 * What `zlib` makes of the packed pieces, no further ahead than the consumer. **A piece is lent**: its memory is freed when the next
 * one is asked for, because waiting for the collector of garbage instead costs a third of the time it takes to unpack, and memory. A
 * packed piece, too, may be used again by its owner as soon as the next one is asked for.
 */
export async function* unpack(packed: AsyncGenerator<Buffer>, zlib: InflateRaw | Gunzip): AsyncGenerator<Buffer> {
  void feed(packed, zlib)
  try {
    for await (const piece of zlib) {
      yield piece as Buffer
      free(piece as Buffer)
    }
  } finally {
    zlib.destroy()
  }
}

/** Ends with the data, with its first error, or never where zlib came to the end of the packed data earlier: nobody waits for it. */
async function feed(packed: AsyncGenerator<Buffer>, zlib: InflateRaw | Gunzip): Promise<void> {
  try {
    for await (const piece of packed) {
      const taken = Promise.withResolvers<void>()
      zlib.write(piece, (error) => (error ? taken.reject(error) : taken.resolve()))
      await taken.promise
    }
    zlib.end()
  } catch (error) {
    zlib.destroy(error as Error)
  }
}

/** zlib fills a block and begins another one when it is full; only a block it has left may go. */
function free({ buffer, byteOffset, length }: Buffer): void {
  if (byteOffset + length === buffer.byteLength && length >= UNPACKED_SIZE / 2) (buffer as ArrayBuffer).transfer(0)
}

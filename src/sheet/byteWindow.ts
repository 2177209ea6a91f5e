import { Buffer } from 'node:buffer'

/** Spare room behind the data, so that a scan may look some bytes ahead without asking where the data ends. */
const MARGIN = 64
const LT = 60

/**
 * The part of a byte stream that a scanner is working on. Behind the data stands a `<` and a NUL: loops that look for the next
 * tag end there by themselves and then find no tag.
 */
export class ByteWindow {
  bytes: Buffer
  /** Number of valid bytes. */
  length = 0

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity + MARGIN)
    this.#mark()
  }

  append(piece: Uint8Array): void {
    const needed = this.length + piece.length + MARGIN
    if (needed > this.bytes.length) {
      const bigger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
      this.bytes.copy(bigger, 0, 0, this.length)
      this.bytes = bigger
    }
    this.bytes.set(piece, this.length)
    this.length += piece.length
    this.#mark()
  }

  /** Forgets the bytes before `at`. */
  dropBefore(at: number): void {
    this.bytes.copyWithin(0, at, this.length)
    this.length -= at
    this.#mark()
  }

  /**
   * Gives the bytes away to whoever keeps references into `[0, at)` and goes on with the rest in a block of its own.
   * @param spare a block nobody needs any more, used if it is large enough
   */
  splitAt(at: number, capacity: number, spare?: Buffer): Buffer {
    const given = this.bytes
    const rest = this.length - at
    const needed = Math.max(capacity, rest) + MARGIN
    this.bytes = spare !== undefined && spare.length >= needed ? spare : Buffer.allocUnsafeSlow(needed)
    given.copy(this.bytes, 0, at, this.length)
    this.length = rest
    this.#mark()
    return given
  }

  #mark(): void {
    this.bytes[this.length] = LT
    this.bytes.fill(0, this.length + 1, this.length + MARGIN)
  }
}

/** The end of the last complete UTF-8 sequence in `bytes[from, to)`: `to`, or up to three bytes less. */
export function completeUtf8End(bytes: Uint8Array, from: number, to: number): number {
  for (let back = 1; back <= 3 && to - back >= from; back++) {
    const byte = bytes[to - back] as number
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? to - back : to
  }
  return to
}

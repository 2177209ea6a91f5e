import { Buffer } from 'node:buffer'
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import { SheetError } from '../../../sheet/sheetError.ts'
import type { Source } from '../../../sheet/source.ts'
import { named } from '../../db/connection.ts'

/**
 * The sender's file, kept beside its staged rows as long as these are: corrections, resuming after a crash and the reply to the sender
 * need it when the stick is long gone. Layout: magic, 12 bytes of nonce, 8 bytes of size, SHA-256 of the sender's file (zeros
 * until the copy is complete); then pieces of 64 KiB, each a tag of 16 bytes
 * and the ciphertext (AES-256-GCM, nonce xor number of the piece, the size bound in).
 */
const MAGIC = Buffer.from('TMGK1')
const IV_BYTES = 12
const TAG_BYTES = 16
const SIZE_AT = MAGIC.length + IV_BYTES
const HASH_AT = SIZE_AT + 8
const HASH_BYTES = 32
const HEAD_BYTES = HASH_AT + HASH_BYTES
const PIECE = 1 << 16

export interface KeptFile {
  readonly path: string
  readonly keyHex: string
  /** Name of the file it was made of. */
  readonly name: string
}

/** Made ready once: thousands of pieces are sealed and opened with it. */
const keyOf = (keyHex: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'tamga kept file', 32)))

function nonce(base: Buffer, piece: number): Buffer {
  const iv = Buffer.from(base)
  iv.writeUInt32BE((iv.readUInt32BE(IV_BYTES - 4) ^ piece) >>> 0, IV_BYTES - 4)
  return iv
}

/**
 * Copies a source into a kept file, synced before it counts. `between` is called for every stretch and may throw to stop; what is left
 * then is for the caller to remove. Answers `sha256`, or that of what was copied where it is not given. Throws `disk-full`,
 * `disk-read-only`.
 */
export async function keepSource(
  source: Source,
  to: Pick<KeptFile, 'path' | 'keyHex'>,
  between: (done: number) => void,
  sha256?: string,
): Promise<string> {
  const key = keyOf(to.keyHex)
  const base = randomBytes(IV_BYTES)
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(source.size))
  const hash = createHash('sha256')
  let file: number | null = null
  try {
    file = openSync(to.path, 'w', 0o600)
    writeAll(file, Buffer.concat([MAGIC, base, size, Buffer.alloc(HASH_BYTES)]))
    const stretch = Buffer.alloc(Math.min(source.size, PIECE * 16))
    for (let at = 0, piece = 0; at < source.size; at += stretch.length) {
      between(at / source.size)
      const bytes = stretch.subarray(0, Math.min(stretch.length, source.size - at))
      await source.read(bytes, at)
      hash.update(bytes)
      const sealed: Buffer[] = []
      for (let from = 0; from < bytes.length; from += PIECE) {
        const cipher = createCipheriv('aes-256-gcm', key, nonce(base, piece++)).setAAD(size)
        const body = cipher.update(bytes.subarray(from, from + PIECE))
        cipher.final()
        sealed.push(cipher.getAuthTag(), body)
      }
      writeAll(file, Buffer.concat(sealed))
    }
    await source.assertUnchanged()
    const of = sha256 ?? hash.digest('hex')
    fsyncSync(file)
    writeSync(file, Buffer.from(of, 'hex'), 0, HASH_BYTES, HASH_AT)
    fsyncSync(file)
    return of
  } catch (error) {
    throw named(error, source.name)
  } finally {
    if (file !== null) closeSync(file)
  }
}

/** SHA-256 of the sender's file whose complete copy lies at a path; null where there is none, or half of one. */
export function completeCopy(path: string): string | null {
  if (!existsSync(path)) return null
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(HEAD_BYTES)
    if (readSync(file, head) < HEAD_BYTES) return null
    const hash = head.toString('hex', HASH_AT)
    return /^0+$/.test(hash) ? null : hash
  } finally {
    closeSync(file)
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

/** Opens a kept file for reading. Throws `blob-damaged` for one that is not whole, at the place of the trouble. */
export async function openKept(kept: KeptFile): Promise<Source> {
  let handle: FileHandle
  try {
    handle = await open(kept.path, 'r')
  } catch (error) {
    throw new SheetError('sheet-missing-file', { file: kept.name }, error)
  }
  const head = Buffer.alloc(HEAD_BYTES)
  const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0)
  if (bytesRead < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) {
    await handle.close()
    throw trouble('blob-damaged', { sha256: kept.name })
  }
  return new KeptSource(kept, handle, head)
}

class KeptSource implements Source {
  readonly name: string
  readonly size: number
  readonly #handle: FileHandle
  readonly #key: KeyObject
  readonly #base: Buffer
  readonly #sizeBytes: Buffer
  /** The piece read last: files are read forward in bites smaller than a piece. */
  #piece = -1
  #bytes: Buffer = Buffer.alloc(0)

  constructor(kept: KeptFile, handle: FileHandle, head: Buffer) {
    this.name = kept.name
    this.#handle = handle
    this.#key = keyOf(kept.keyHex)
    this.#base = Buffer.from(head.subarray(MAGIC.length, SIZE_AT))
    this.#sizeBytes = Buffer.from(head.subarray(SIZE_AT, HASH_AT))
    this.size = Number(this.#sizeBytes.readBigUInt64BE())
  }

  async read(target: Buffer, position: number): Promise<void> {
    if (position < 0 || position + target.length > this.size)
      throw new SheetError('sheet-broken-zip', { file: this.name, reason: 'ends early' })
    for (let done = 0; done < target.length; ) {
      const at = position + done
      const piece = Math.floor(at / PIECE)
      const bytes = piece === this.#piece ? this.#bytes : await this.#open(piece)
      done += bytes.copy(target, done, at - piece * PIECE)
    }
  }

  async #open(piece: number): Promise<Buffer> {
    const length = Math.min(PIECE, this.size - piece * PIECE)
    const sealed = Buffer.alloc(TAG_BYTES + length)
    const { bytesRead } = await this.#handle.read(sealed, 0, sealed.length, HEAD_BYTES + piece * (TAG_BYTES + PIECE))
    const damaged = () => trouble('blob-damaged', { sha256: this.name })
    if (bytesRead < sealed.length) throw damaged()
    const cipher = createDecipheriv('aes-256-gcm', this.#key, nonce(this.#base, piece))
      .setAAD(this.#sizeBytes)
      .setAuthTag(sealed.subarray(0, TAG_BYTES))
    const bytes = cipher.update(sealed.subarray(TAG_BYTES))
    try {
      cipher.final()
    } catch (error) {
      throw new ProblemError(damaged().problem, { cause: error })
    }
    this.#piece = piece
    this.#bytes = bytes
    return bytes
  }

  assertUnchanged(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { isNoRoom } from '../../contract/noRoom.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = 4 + IV_BYTES + TAG_BYTES
/** Bytes of a piece: a killed desk fetches at most so many again. */
const PIECE_BYTES = 256 * 1024
const KEPT_DAYS = 7
const DAY_MS = 86_400_000

/** A blob on its way to this desk: what came so far, in memory and, in encrypted pieces, in a file that outlives the engine. */
export interface PartialBlob {
  /** As long as the blob will be; the first `have` bytes are there. */
  readonly bytes: Uint8Array
  readonly have: number
  /** Adds what came next; it must fit. */
  add(piece: Uint8Array): void
  /** Everything comes anew. */
  restart(): void
  /** Writes down what is not yet in the file, and closes it. */
  close(): void
}

/**
 * Blobs that are being fetched, so that a killed desk goes on where it stopped. A piece is its length, IV, tag and ciphertext
 * (AES-256-GCM), bound to the blob's name and its place; a file ends before the first piece that is torn or damaged. Nothing here is
 * precious: a disk that takes no more costs only the going on.
 */
export class PartialBlobs {
  readonly #folder: string
  readonly #key: Uint8Array

  constructor(folder: string, keyHex: string, now = Date.now()) {
    this.#folder = folder
    this.#key = new Uint8Array(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'tamga partial blob', 32))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(folder))
      if (now - statSync(join(folder, name)).mtimeMs > KEPT_DAYS * DAY_MS) rmSync(join(folder, name), { force: true })
  }

  /** Begins or goes on with a blob of `size` bytes. */
  open(sha256: string, size: number): PartialBlob {
    return new Part({ path: this.#path(sha256), sha256, key: this.#key }, size)
  }

  /** The blob has arrived where it was needed, or is not what it was to be. */
  drop(sha256: string): void {
    rmSync(this.#path(sha256), { force: true })
  }

  #path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('a blob is named by its SHA-256')
    return join(this.#folder, sha256)
  }
}

interface PartFile {
  readonly path: string
  readonly sha256: string
  readonly key: Uint8Array
}

class Part implements PartialBlob {
  readonly bytes: Uint8Array
  readonly #of: PartFile
  #have = 0
  /** Bytes that are in the file. */
  #kept = 0
  #file: number | null = null

  constructor(of: PartFile, size: number) {
    this.#of = of
    this.bytes = new Uint8Array(size)
    if (existsSync(of.path)) this.#restore(readFileSync(of.path))
  }

  get have(): number {
    return this.#have
  }

  add(piece: Uint8Array): void {
    this.bytes.set(piece, this.#have)
    this.#have += piece.length
    while (this.#have - this.#kept >= PIECE_BYTES) this.#write(PIECE_BYTES)
  }

  restart(): void {
    this.#have = 0
    this.#kept = 0
    if (this.#file !== null) ftruncateSync(this.#file, 0)
    else rmSync(this.#of.path, { force: true })
  }

  close(): void {
    if (this.#have > this.#kept) this.#write(this.#have - this.#kept)
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  #restore(file: Buffer): void {
    let at = 0
    while (at + HEAD_BYTES <= file.length) {
      const length = file.readUInt32LE(at)
      const end = at + HEAD_BYTES + length
      if (length === 0 || end > file.length || this.#have + length > this.bytes.length) break
      const piece = this.#opened(file.subarray(at, end))
      if (!piece) break
      this.bytes.set(piece, this.#have)
      this.#have += length
      at = end
    }
    this.#kept = this.#have
    truncateSync(this.#of.path, at)
  }

  #opened(sealed: Buffer): Uint8Array | null {
    const tag = 4 + IV_BYTES
    const open = createDecipheriv('aes-256-gcm', this.#of.key, sealed.subarray(4, tag))
      .setAAD(this.#place(this.#have))
      .setAuthTag(sealed.subarray(tag, HEAD_BYTES))
    try {
      return Buffer.concat([open.update(sealed.subarray(HEAD_BYTES)), open.final()])
    } catch {
      return null // torn by the kill, or damaged: from here it is fetched again
    }
  }

  #write(length: number): void {
    const iv = randomBytes(IV_BYTES)
    const seal = createCipheriv('aes-256-gcm', this.#of.key, iv).setAAD(this.#place(this.#kept))
    const sealed = Buffer.concat([seal.update(this.bytes.subarray(this.#kept, this.#kept + length)), seal.final()])
    const head = Buffer.alloc(4)
    head.writeUInt32LE(length)
    const whole = Buffer.concat([head, iv, seal.getAuthTag(), sealed])
    try {
      this.#file ??= openSync(this.#of.path, 'a', 0o600)
      for (let at = 0; at < whole.length; ) at += writeSync(this.#file, whole, at)
    } catch (error) {
      // what is not kept is fetched again; the download itself goes on in memory
      if (!isNoRoom(error)) throw error
    }
    this.#kept += length
  }

  #place(at: number): Buffer {
    return Buffer.from(`${this.#of.sha256} ${at}`)
  }
}

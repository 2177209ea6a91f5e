import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import { named } from './connection.ts'

const MAGIC = Buffer.from('TMGB1')
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Content-addressed files of a home (evidence, segments on their way), each encrypted with AES-256-GCM under a key derived from the
 * home's key. Layout: magic, IV, tag, ciphertext; the address is bound in as additional data (docs/formats/blob.md).
 */
export class BlobStore {
  readonly #folder: string
  readonly #key: Uint8Array

  constructor(folder: string, keyHex: string) {
    this.#folder = folder
    this.#key = new Uint8Array(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'tamga blob', 32))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }

  /** Stores bytes durably (synced before it counts) and answers their SHA-256, hex. What is there already is kept. */
  put(bytes: Uint8Array): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const path = this.#path(sha256)
    if (existsSync(path)) return sha256
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(sha256))
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
    const part = `${path}.part`
    try {
      const file = openSync(part, 'w', 0o600)
      try {
        for (const piece of [MAGIC, iv, cipher.getAuthTag(), sealed]) writeAll(file, piece)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(part, path)
    } catch (error) {
      rmSync(part, { force: true })
      throw named(error, sha256)
    }
    return sha256
  }

  has(sha256: string): boolean {
    return existsSync(this.#path(sha256))
  }

  /** The bytes, checked; null when not kept here. A damaged file is problem `blob-damaged`. */
  get(sha256: string): Uint8Array | null {
    if (!this.has(sha256)) return null
    const file = readFileSync(this.#path(sha256))
    const body = MAGIC.length + IV_BYTES + TAG_BYTES
    if (file.length < body || !file.subarray(0, MAGIC.length).equals(MAGIC)) throw trouble('blob-damaged', { sha256 })
    const iv = file.subarray(MAGIC.length, MAGIC.length + IV_BYTES)
    const open = createDecipheriv('aes-256-gcm', this.#key, iv)
      .setAAD(Buffer.from(sha256))
      .setAuthTag(file.subarray(MAGIC.length + IV_BYTES, body))
    try {
      return Buffer.concat([open.update(file.subarray(body)), open.final()])
    } catch (error) {
      throw new ProblemError(problem('blob-damaged', { sha256 }), { cause: error })
    }
  }

  remove(sha256: string): void {
    rmSync(this.#path(sha256), { force: true })
  }

  #path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('a blob is named by its SHA-256')
    return join(this.#folder, sha256)
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}

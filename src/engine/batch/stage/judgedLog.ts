import { Buffer } from 'node:buffer'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import { named } from '../../db/connection.ts'
import { removeFile } from '../../db/removeFile.ts'
import type { DeviceSlice } from './deviceColumns.ts'

/** What a stretch of rows brought: its devices, and marks of keys that no device holds (key, row and marks, one after the other). */
export interface JudgedStretch {
  readonly devices: DeviceSlice
  readonly marks: Float64Array
}

/**
 * What was judged so far, beside a staging file: written once, read only when an interrupted import goes on. Layout: one entry a
 * stretch, each 12 bytes of nonce, 4 bytes with the number of IMEIs, 4 with that of marks, a tag of 16 bytes, and the columns one
 * behind the other (AES-256-GCM, the numbers bound in).
 */
const IV_BYTES = 12
const TAG_BYTES = 16
const HEAD_BYTES = IV_BYTES + 8 + TAG_BYTES
const DEVICE_BYTES = 8 + 4 + 4 + 1
const MARK_BYTES = 8

export const judgedPath = (stagingFile: string): string => `${stagingFile}-judged`

const damaged = (): ProblemError => trouble('blob-damaged', { sha256: 'judged rows' })

const keyOf = (keyHex: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'tamga judged rows', 32))

export class JudgedLog {
  readonly #path: string
  readonly #key: Buffer
  readonly #file: number
  #end: number

  /** @param end length of what counts; what an interruption left behind it goes */
  constructor(stagingFile: string, keyHex: string, end: number) {
    this.#path = judgedPath(stagingFile)
    this.#key = keyOf(keyHex)
    this.#file = openSync(this.#path, end === 0 ? 'w' : 'r+', 0o600)
    this.#end = end
    if (end > 0) ftruncateSync(this.#file, end)
  }

  /** Writes a stretch; answers the length of the log with it. Throws `disk-full`. */
  append({ devices, marks }: JudgedStretch): number {
    const head = Buffer.alloc(HEAD_BYTES)
    randomBytes(IV_BYTES).copy(head)
    head.writeUInt32LE(devices.keys.length, IV_BYTES)
    head.writeUInt32LE(marks.length, IV_BYTES + 4)
    const cipher = createCipheriv('aes-256-gcm', this.#key, head.subarray(0, IV_BYTES))
    cipher.setAAD(head.subarray(IV_BYTES, IV_BYTES + 8))
    const { keys, docs, rows, ring } = devices
    const sealed = [keys, marks, docs, rows, ring].map((column) => cipher.update(bytesOf(column)))
    cipher.final()
    cipher.getAuthTag().copy(head, IV_BYTES + 8)
    try {
      for (const bytes of [head, ...sealed]) this.#write(bytes)
    } catch (error) {
      throw named(error, this.#path)
    }
    return this.#end
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const written = writeSync(this.#file, bytes, at, bytes.length - at, this.#end)
      at += written
      this.#end += written
    }
  }
}

/** The stretches of a log up to a length that a checkpoint names. Throws `blob-damaged` where it is not whole. */
export function readJudged(stagingFile: string, keyHex: string, end: number): JudgedStretch[] {
  const path = judgedPath(stagingFile)
  const key = keyOf(keyHex)
  const file = openSync(path, 'r')
  try {
    const stretches: JudgedStretch[] = []
    for (let at = 0; at < end; ) {
      const head = readWhole(file, at, HEAD_BYTES)
      const devices = head.readUInt32LE(IV_BYTES)
      const marks = head.readUInt32LE(IV_BYTES + 4)
      const size = devices * DEVICE_BYTES + marks * MARK_BYTES
      at += HEAD_BYTES
      if (at + size > end) throw damaged()
      stretches.push(unsealed(key, head, readWhole(file, at, size), devices, marks))
      at += size
    }
    return stretches
  } finally {
    closeSync(file)
  }
}

function unsealed(key: Buffer, head: Buffer, sealed: Buffer, devices: number, marks: number): JudgedStretch {
  const cipher = createDecipheriv('aes-256-gcm', key, head.subarray(0, IV_BYTES))
  cipher.setAAD(head.subarray(IV_BYTES, IV_BYTES + 8)).setAuthTag(head.subarray(IV_BYTES + 8))
  const clear = cipher.update(sealed)
  try {
    cipher.final()
  } catch (error) {
    throw new ProblemError(damaged().problem, { cause: error })
  }
  let from = clear.byteOffset
  const next = (bytes: number): ArrayBuffer => {
    from += bytes
    return clear.buffer.slice(from - bytes, from) as ArrayBuffer
  }
  const keys = new Float64Array(next(devices * 8))
  return {
    marks: new Float64Array(next(marks * MARK_BYTES)),
    devices: {
      keys,
      docs: new Uint32Array(next(devices * 4)),
      rows: new Uint32Array(next(devices * 4)),
      ring: new Int8Array(next(devices)),
    },
  }
}

function readWhole(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const read = readSync(file, bytes, done, length - done, at + done)
    if (read === 0) throw damaged()
    done += read
  }
  return bytes
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array | Int8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

export const removeJudged = (stagingFile: string): void => removeFile(judgedPath(stagingFile))

import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { SheetError } from '../sheetError.ts'
import { Rc4 } from './rc4.ts'

/** Records of a workbook stream of Excel 97 to 2003 ([MS-XLS] 2.3). */
const FILE_PASS = 0x2f
const BOUND_SHEET = 0x85
/** Read by everybody and without meaning: it takes the place of the record that said "encrypted". */
const INTERFACE_END = 0xe2
/** Never encrypted ([MS-XLS] 2.2.10). */
const CLEAR = new Set([0x809, FILE_PASS, 0xe1, 0x195, 0x196, 0x194, 0x138])
const BLOCK = 1024
const VERIFIER = 16

/** The stream of records, and where its password record stands; null where it has none. */
function findPassword(stream: Buffer): { at: number; data: Buffer } | null {
  for (let at = 0, records = 0; at + 4 <= stream.length && records < 64; records++) {
    const size = stream.readUInt16LE(at + 2)
    if (stream.readUInt16LE(at) === FILE_PASS) return { at, data: stream.subarray(at + 4, at + 4 + size) }
    at += 4 + size
  }
  return null
}

/**
 * Whether an old workbook's stream is protected by a password.
 * @throws SheetError `sheet-old-lock`: no password helps, so none need be asked for
 */
export function isProtectedStream(stream: Buffer): boolean {
  const found = findPassword(stream)
  if (found !== null) assertKnown(found.data)
  return found !== null
}

function assertKnown(data: Buffer): void {
  if (data.length < 6) throw new SheetError('sheet-broken-part', { reason: 'password record' })
  const [type, major, minor] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)]
  if (type !== 1) throw new SheetError('sheet-old-lock', { found: 'XOR' })
  const known = minor === 1 ? major === 1 : minor === 2 && major >= 2 && major <= 4
  if (!known) throw new SheetError('sheet-old-lock', { found: `RC4 ${major}.${minor}` })
}

/**
 * The stream in clear: RC4 of Excel 97 and RC4 CryptoAPI of Excel 2002 ([MS-OFFCRYPTO] 2.3.5, 2.3.6).
 * @throws SheetError `sheet-wrong-password`, `sheet-old-lock` (the XOR of Excel 95), `sheet-broken-part`
 */
export function decryptStream(encrypted: Buffer, password: string): Buffer {
  const found = findPassword(encrypted)
  if (found === null) return encrypted
  const keyOf = keysOf(found.data, password)
  const stream = Buffer.from(encrypted)
  const cipher = new BlockCipher(keyOf)
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at)
    const end = at + 4 + stream.readUInt16LE(at + 2)
    if (end > stream.length) throw new SheetError('sheet-broken-part', { reason: 'record ends early' })
    if (!CLEAR.has(type)) {
      // where a sheet begins is said in clear
      cipher.apply(stream, at + 4 + (type === BOUND_SHEET ? 4 : 0), end)
    }
    at = end
  }
  stream.writeUInt16LE(INTERFACE_END, found.at)
  return stream
}

/** Every 1,024 bytes of the stream have a key of their own, counted over all bytes, also those in clear. */
class BlockCipher {
  readonly #keyOf: (block: number) => Buffer
  #block = -1
  #at = 0
  #rc4 = new Rc4(Buffer.alloc(1))

  constructor(keyOf: (block: number) => Buffer) {
    this.#keyOf = keyOf
  }

  apply(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; ) {
      const block = Math.floor(at / BLOCK)
      if (block !== this.#block) {
        this.#block = block
        this.#rc4 = new Rc4(this.#keyOf(block))
        this.#at = block * BLOCK
      }
      this.#rc4.skip(at - this.#at)
      const end = Math.min(to, (block + 1) * BLOCK)
      this.#rc4.apply(bytes.subarray(at, end))
      this.#at = end
      at = end
    }
  }
}

function keysOf(data: Buffer, password: string): (block: number) => Buffer {
  assertKnown(data)
  return data.readUInt16LE(4) === 1 ? rc4Keys(data.subarray(6), password) : cryptoApiKeys(data.subarray(6), password)
}

const md5 = (...parts: Uint8Array[]): Buffer => hashed('md5', parts)
const sha1 = (...parts: Uint8Array[]): Buffer => hashed('sha1', parts)

function hashed(algorithm: string, parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function rc4Keys(data: Buffer, password: string): (block: number) => Buffer {
  if (data.length < 48) throw new SheetError('sheet-broken-part', { reason: 'password record' })
  const salt = data.subarray(0, 16)
  const short = md5(Buffer.from(password, 'utf16le')).subarray(0, 5)
  const start = md5(Buffer.concat(Array.from({ length: 16 }, () => Buffer.concat([short, salt])))).subarray(0, 5)
  const keyOf = (block: number): Buffer => md5(start, uint32(block))
  verify(keyOf(0), data.subarray(16, 32), data.subarray(32, 48), md5)
  return keyOf
}

function cryptoApiKeys(data: Buffer, password: string): (block: number) => Buffer {
  const headerSize = data.length >= 8 ? data.readUInt32LE(4) : 0
  const at = 8 + headerSize
  if (headerSize < 32 || data.length < at + 4 + 16 + VERIFIER + 4 + 20)
    throw new SheetError('sheet-broken-part', { reason: 'password record' })
  // 0 means 40 bits
  const bits = data.readUInt32LE(8 + 16) || 40
  if (bits < 40 || bits > 128 || bits % 8 !== 0) throw new SheetError('sheet-unsupported', { found: `RC4-${bits}` })
  const salt = data.subarray(at + 4, at + 20)
  const start = sha1(salt, Buffer.from(password, 'utf16le'))
  const keyOf = (block: number): Buffer => {
    const key = sha1(start, uint32(block)).subarray(0, bits / 8)
    return bits === 40 ? Buffer.concat([key, Buffer.alloc(11)]) : key
  }
  verify(keyOf(0), data.subarray(at + 20, at + 36), data.subarray(at + 40, at + 60), sha1)
  return keyOf
}

function verify(key: Buffer, verifier: Buffer, expected: Buffer, hash: (bytes: Uint8Array) => Buffer): void {
  const rc4 = new Rc4(key)
  const clear = rc4.decrypted(verifier)
  if (!rc4.decrypted(expected).equals(hash(clear))) throw new SheetError('sheet-wrong-password')
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

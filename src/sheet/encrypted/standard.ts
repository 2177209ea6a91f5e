import { Buffer } from 'node:buffer'
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { SheetError } from '../sheetError.ts'

const SPINS = 50_000
const ALGORITHMS: Record<number, number> = { 26126: 128, 26127: 192, 26128: 256 }

/** Decrypts a package of Excel 2007 ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9): AES in ECB, SHA-1; it has no checksum of its own. */
export function decryptStandard(info: Buffer, packed: Buffer, password: string): Buffer {
  const headerSize = info.length >= 4 ? info.readUInt32LE(0) : 0
  const verifierAt = 4 + headerSize
  if (headerSize < 32 || info.length < verifierAt + 72)
    throw new SheetError('sheet-broken-part', { reason: 'encryption info' })
  const algorithm = info.readUInt32LE(4 + 8)
  const keyBits = ALGORITHMS[algorithm]
  if (keyBits === undefined) throw new SheetError('sheet-unsupported', { found: `cipher ${algorithm}` })
  const salt = info.subarray(verifierAt + 4, verifierAt + 20)
  const key = keyOf(password, salt, keyBits / 8)
  const verifier = decrypt(key, info.subarray(verifierAt + 20, verifierAt + 36))
  const expected = decrypt(key, info.subarray(verifierAt + 40, verifierAt + 72)).subarray(0, 20)
  if (!timingSafeEqual(sha1(verifier), expected)) throw new SheetError('sheet-wrong-password')
  const body = packed.subarray(8)
  const clear = decrypt(key, body.subarray(0, body.length - (body.length % 16)))
  const size = packed.readBigUInt64LE(0)
  if (size > BigInt(clear.length)) throw new SheetError('sheet-broken-part', { reason: 'encrypted size' })
  return clear.subarray(0, Number(size))
}

function keyOf(password: string, salt: Buffer, length: number): Buffer {
  let hashed = sha1(salt, Buffer.from(password, 'utf16le'))
  for (let i = 0; i < SPINS; i++) hashed = sha1(uint32(i), hashed)
  const last = sha1(hashed, uint32(0))
  return Buffer.concat([mixed(last, 0x36), mixed(last, 0x5c)]).subarray(0, length)
}

function mixed(hashed: Buffer, filler: number): Buffer {
  const block = Buffer.alloc(64, filler)
  for (let i = 0; i < hashed.length; i++) block[i] = (block[i] as number) ^ (hashed[i] as number)
  return sha1(block)
}

function decrypt(key: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(`aes-${key.length * 8}-ecb`, key, null)
  decipher.setAutoPadding(false)
  return Buffer.concat([decipher.update(bytes), decipher.final()])
}

function sha1(...parts: Buffer[]): Buffer {
  const hash = createHash('sha1')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

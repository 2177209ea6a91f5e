import { Buffer } from 'node:buffer'
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { SheetError } from '../sheetError.ts'
import { readElements } from '../xlsx/readElements.ts'

const SEGMENT = 4096
const MOST_SPINS = 1_000_000

/** What the parts of the key are derived with ([MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.14). */
const BLOCK = {
  verifierInput: Buffer.from('fea7d2763b4b9e79', 'hex'),
  verifierValue: Buffer.from('d7aa0f6d3061344e', 'hex'),
  key: Buffer.from('146e0be7abacd0d6', 'hex'),
  hmacKey: Buffer.from('5fb2ad010cb9e1f6', 'hex'),
  hmacValue: Buffer.from('a0677f02b22c8433', 'hex'),
}

type Attributes = ReadonlyMap<string, string>

/** Decrypts a package of Excel 2010 and later ([MS-OFFCRYPTO] 2.3.4.10) and checks that it was not changed. */
export function decryptAgile(xml: Buffer, packed: Buffer, password: string): Buffer {
  const { keyData, integrity, encryptedKey } = readInfo(xml)
  const data = new Cipher(keyData)
  const user = new Cipher(encryptedKey)
  const hashed = user.spin(password, integer(encryptedKey, 'spinCount', MOST_SPINS))
  const unlock = (block: Buffer, attribute: string): Buffer =>
    user.decrypt(user.keyFrom(hashed, block), user.salt, base64(encryptedKey, attribute))
  const input = unlock(BLOCK.verifierInput, 'encryptedVerifierHashInput')
  const expected = unlock(BLOCK.verifierValue, 'encryptedVerifierHashValue')
  const actual = user.hash(input.subarray(0, user.salt.length))
  if (!startsEqual(expected, actual)) throw new SheetError('sheet-wrong-password')
  const key = unlock(BLOCK.key, 'encryptedKeyValue').subarray(0, data.keyBytes)
  verify(data, key, integrity, packed)
  const clear = Buffer.alloc(packed.length - 8)
  for (let at = 0, segment = 0; at < clear.length; at += SEGMENT, segment++) {
    const piece = packed.subarray(8 + at, Math.min(8 + at + SEGMENT, packed.length))
    const whole = piece.subarray(0, piece.length - (piece.length % data.blockSize))
    data.decrypt(key, data.hash(data.salt, uint32(segment)), whole).copy(clear, at)
  }
  const size = packed.readBigUInt64LE(0)
  if (size > BigInt(clear.length)) throw new SheetError('sheet-broken-part', { reason: 'encrypted size' })
  return clear.subarray(0, Number(size))
}

function verify(data: Cipher, key: Buffer, integrity: Attributes, packed: Buffer): void {
  const hmacKey = data.decrypt(key, data.hash(data.salt, BLOCK.hmacKey), base64(integrity, 'encryptedHmacKey'))
  const expected = data.decrypt(key, data.hash(data.salt, BLOCK.hmacValue), base64(integrity, 'encryptedHmacValue'))
  const actual = createHmac(data.algorithm, hmacKey.subarray(0, data.hashSize)).update(packed).digest()
  if (!startsEqual(expected, actual)) {
    throw new SheetError('sheet-crc', { part: 'EncryptedPackage' })
  }
}

function readInfo(xml: Buffer): { keyData: Attributes; integrity: Attributes; encryptedKey: Attributes } {
  const found = new Map<string, Attributes>()
  readElements(xml, (path, attributes) => {
    const name = path.at(-1) as string
    if (!found.has(name)) found.set(name, new Map(attributes))
  })
  const element = (name: string): Attributes => {
    const attributes = found.get(name)
    if (attributes === undefined) throw new SheetError('sheet-unsupported', { found: `encryption without ${name}` })
    return attributes
  }
  return { keyData: element('keyData'), integrity: element('dataIntegrity'), encryptedKey: element('encryptedKey') }
}

/** One set of algorithms with its salt, as an element of the description names it. */
class Cipher {
  readonly salt: Buffer
  readonly algorithm: string
  readonly blockSize: number
  readonly keyBytes: number
  readonly hashSize: number

  constructor(attributes: Attributes) {
    const chaining = attributes.get('cipherChaining')
    this.algorithm = (attributes.get('hashAlgorithm') ?? '').toLowerCase().replace('-', '')
    if (attributes.get('cipherAlgorithm') !== 'AES' || chaining !== 'ChainingModeCBC') {
      throw new SheetError('sheet-unsupported', { found: `${attributes.get('cipherAlgorithm')} ${chaining}` })
    }
    if (!['sha1', 'sha256', 'sha384', 'sha512'].includes(this.algorithm)) {
      throw new SheetError('sheet-unsupported', { found: this.algorithm })
    }
    this.salt = base64(attributes, 'saltValue')
    this.blockSize = integer(attributes, 'blockSize', 16)
    this.keyBytes = integer(attributes, 'keyBits', 256) / 8
    this.hashSize = this.hash().length
    if (![16, 24, 32].includes(this.keyBytes) || this.blockSize !== 16) {
      throw new SheetError('sheet-unsupported', { found: `AES-${this.keyBytes * 8}` })
    }
  }

  hash(...parts: Buffer[]): Buffer {
    const hash = createHash(this.algorithm)
    for (const part of parts) hash.update(part)
    return hash.digest()
  }

  spin(password: string, count: number): Buffer {
    let hashed = this.hash(this.salt, Buffer.from(password, 'utf16le'))
    for (let i = 0; i < count; i++) hashed = this.hash(uint32(i), hashed)
    return hashed
  }

  keyFrom(hashed: Buffer, block: Buffer): Buffer {
    return fitted(this.hash(hashed, block), this.keyBytes)
  }

  decrypt(key: Buffer, vector: Buffer, bytes: Buffer): Buffer {
    if (bytes.length % this.blockSize !== 0) throw new SheetError('sheet-broken-part', { reason: 'encrypted length' })
    const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, fitted(vector, this.blockSize))
    decipher.setAutoPadding(false)
    return Buffer.concat([decipher.update(bytes), decipher.final()])
  }
}

/** Cut to the length, or filled up to it with 0x36 as the standard says. */
function fitted(bytes: Buffer, length: number): Buffer {
  return bytes.length >= length
    ? bytes.subarray(0, length)
    : Buffer.concat([bytes, Buffer.alloc(length - bytes.length, 0x36)])
}

function base64(attributes: Attributes, name: string): Buffer {
  const value = attributes.get(name)
  if (value === undefined) throw new SheetError('sheet-broken-part', { reason: name })
  return Buffer.from(value, 'base64')
}

function integer(attributes: Attributes, name: string, most: number): number {
  const value = Number(attributes.get(name))
  if (!Number.isInteger(value) || value < 1 || value > most) throw new SheetError('sheet-broken-part', { reason: name })
  return value
}

function startsEqual(bytes: Buffer, start: Buffer): boolean {
  return bytes.length >= start.length && timingSafeEqual(bytes.subarray(0, start.length), start)
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

import { Buffer } from 'node:buffer'
import { createDecipheriv, createHash, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { SheetError } from '../sheetError.ts'
import { readElements } from '../xlsx/readElements.ts'
import { HARMLESS_SIZE, HIGHEST_RATIO } from '../zip/directory.ts'

const MOST_SPINS = 1_000_000
const CHECKED = 1024
const CIPHERS: Readonly<Record<string, { name: string; bytes: number }>> = {
  'aes256-cbc': { name: 'aes-256-cbc', bytes: 32 },
  'aes192-cbc': { name: 'aes-192-cbc', bytes: 24 },
  'aes128-cbc': { name: 'aes-128-cbc', bytes: 16 },
}

type Attributes = ReadonlyMap<string, string>

/** How a part of an OpenDocument file is locked, as its manifest says (OpenDocument 1.3, part 2, 3.4). */
export interface Lock {
  readonly size: number
  readonly about: Readonly<Record<string, Attributes>>
}

/** The lock of a part; null where it has none. */
export function lockOf(manifest: Buffer, part: string): Lock | null {
  let size = 0
  let here = false
  const about: Record<string, Attributes> = {}
  readElements(manifest, (path, attributes) => {
    const [name = ''] = path.slice(-1)
    const own = new Map([...attributes].map(([key, value]) => [key.replace(/^.*:/, ''), value]))
    if (name.endsWith('file-entry')) {
      here = own.get('full-path') === part
      if (here) size = Number(own.get('size'))
    } else if (here) about[name.replace(/^.*:/, '')] = own
  })
  return about['encryption-data'] === undefined ? null : { size, about }
}

const named = ({ about }: Lock, element: string, name: string): string =>
  (about[element]?.get(name) ?? '').replace(/^.*#/, '').toLowerCase()

const START_HASHES = ['sha256', 'sha1'] as const

/** How a lock is opened. Throws `sheet-old-lock` for a cipher of older or newer offices, which no password helps with here. */
export function openingOf(lock: Lock): {
  readonly cipher: { readonly name: string; readonly bytes: number }
  readonly startHash: (typeof START_HASHES)[number]
} {
  const cipher = CIPHERS[named(lock, 'algorithm', 'algorithm-name')]
  const derivation = named(lock, 'key-derivation', 'key-derivation-name')
  const start = named(lock, 'start-key-generation', 'start-key-generation-name') || 'sha1'
  const startHash = START_HASHES.find((hash) => hash === start)
  if (cipher === undefined)
    throw new SheetError('sheet-old-lock', { found: named(lock, 'algorithm', 'algorithm-name') || '?' })
  if (derivation !== 'pbkdf2') throw new SheetError('sheet-old-lock', { found: derivation || '?' })
  if (startHash === undefined) throw new SheetError('sheet-old-lock', { found: start })
  return { cipher, startHash }
}

/**
 * The part in clear, unpacked: AES in CBC with a key from PBKDF2, as LibreOffice and OpenOffice have locked since OpenDocument 1.2.
 * @throws SheetError `sheet-wrong-password`, `sheet-old-lock` (Blowfish of older files, Argon2 of the newest), `sheet-broken-part`, `sheet-bomb`
 */
export function decryptPart(packed: Buffer, lock: Lock, password: string): Buffer {
  const { size, about } = lock
  const value = (element: string, name: string): string => about[element]?.get(name) ?? ''
  const { cipher, startHash } = openingOf(lock)
  const spins = Number(value('key-derivation', 'iteration-count'))
  if (!Number.isInteger(spins) || spins < 1 || spins > MOST_SPINS)
    throw new SheetError('sheet-broken-part', { reason: 'iteration-count' })
  const start = createHash(startHash).update(password, 'utf8').digest()
  const salt = bytesOf(value('key-derivation', 'salt'))
  const key = pbkdf2Sync(start, salt, spins, cipher.bytes, 'sha1')
  const clear = decrypted(cipher.name, key, bytesOf(value('algorithm', 'initialisation-vector')), packed)
  verify(clear, named(lock, 'encryption-data', 'checksum-type'), bytesOf(value('encryption-data', 'checksum')))
  return unpack(clear, size)
}

function decrypted(cipher: string, key: Buffer, vector: Buffer, packed: Buffer): Buffer {
  if (packed.length === 0 || packed.length % 16 !== 0 || vector.length !== 16)
    throw new SheetError('sheet-broken-part', { reason: 'encrypted length' })
  const decipher = createDecipheriv(cipher, key, vector)
  decipher.setAutoPadding(false)
  const clear = decipher.update(packed)
  // the last byte says how many were added (W3C xmlenc); a wrong password makes it nonsense
  const added = clear.at(-1) ?? 0
  if (added < 1 || added > 16) throw new SheetError('sheet-wrong-password')
  return clear.subarray(0, clear.length - added)
}

function verify(clear: Buffer, type: string, expected: Buffer): void {
  const algorithm = type.startsWith('sha256') ? 'sha256' : 'sha1'
  const checked = type.endsWith('1k') ? clear.subarray(0, CHECKED) : clear
  const actual = createHash(algorithm).update(checked).digest()
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected))
    throw new SheetError('sheet-wrong-password')
}

function unpack(clear: Buffer, size: number): Buffer {
  if (size > HARMLESS_SIZE && size > clear.length * HIGHEST_RATIO)
    throw new SheetError('sheet-bomb', { limit: HIGHEST_RATIO })
  try {
    const whole = inflateRawSync(clear, { maxOutputLength: Math.max(1, size) })
    if (whole.length === size) return whole
  } catch (error) {
    throw new SheetError('sheet-broken-part', { reason: String((error as NodeJS.ErrnoException).code) }, error)
  }
  throw new SheetError('sheet-broken-part', { reason: 'size' })
}

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64')

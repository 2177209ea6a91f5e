import { z } from 'zod'
import { ProblemError, problem, trouble } from '../domain/problem.ts'

/**
 * The databases' key under a passphrase (docs/formats/desk-key.md): 32 random bytes, sealed by AES-256-GCM under a key that scrypt derives
 * from the passphrase. So a passphrase is changed without encrypting the databases anew.
 */
export const PASSPHRASE_KEY_FILE = 'desk.passphrase'

/** Characters of a passphrase at least, and how many different ones: where a file can be tried offline, length is what counts. */
export const PASSPHRASE_MIN = 12
const DIFFERENT_MIN = 5
export const PASSPHRASE_MAX = 256

/** 128 MB and some 0.4 s for each try: what OWASP names for scrypt (Password Storage Cheat Sheet). */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const
/** More memory than this a file may not ask for. */
const MOST_MEMORY = 2 ** 30
const KEY_BYTES = 32
const TAG_BYTES = 16

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`))
const zSealedKey = z
  .object({
    format: z.literal(1),
    kdf: z.literal('scrypt'),
    N: z
      .number()
      .int()
      .min(2 ** 14)
      .max(2 ** 20),
    r: z.number().int().min(8).max(32),
    p: z.number().int().min(1).max(16),
    salt: hex(16),
    iv: hex(12),
    /** The key's 32 bytes and the tag of 16. */
    sealed: hex(KEY_BYTES + TAG_BYTES),
  })
  .refine(({ N, r }) => 128 * N * r <= MOST_MEMORY)

/** What is used of `node:crypto`; the module itself fits. */
export interface KeyCrypto {
  randomBytes(bytes: number): Uint8Array
  scryptSync(
    passphrase: string,
    salt: Uint8Array,
    bytes: number,
    cost: { N: number; r: number; p: number; maxmem: number },
  ): Uint8Array
  createCipheriv(algorithm: 'aes-256-gcm', key: Uint8Array, iv: Uint8Array): Ciphering & { getAuthTag(): Uint8Array }
  createDecipheriv(
    algorithm: 'aes-256-gcm',
    key: Uint8Array,
    iv: Uint8Array,
  ): Ciphering & { setAuthTag(tag: Uint8Array): unknown }
}
interface Ciphering {
  update(bytes: Uint8Array): Uint8Array
  final(): Uint8Array
}

/** Whether a passphrase is long and mixed enough to be taken; the words of a sentence are. */
export function isStrong(passphrase: string): boolean {
  const letters = [...passphrase.normalize('NFKC')]
  return letters.length >= PASSPHRASE_MIN && letters.length <= PASSPHRASE_MAX && new Set(letters).size >= DIFFERENT_MIN
}

/** Seals a key (hex) under a passphrase; answers the text of the file that keeps it. Throws `passphrase-weak`. */
export function sealKey(crypto: KeyCrypto, keyHex: string, passphrase: string): string {
  if (!isStrong(passphrase)) throw trouble('passphrase-weak', { letters: PASSPHRASE_MIN })
  const salt = crypto.randomBytes(16)
  const iv = crypto.randomBytes(12)
  const cipher = crypto.createCipheriv('aes-256-gcm', derived(crypto, passphrase, salt, COST), iv)
  const sealed = hexOf(cipher.update(bytesOf(keyHex))) + hexOf(cipher.final()) + hexOf(cipher.getAuthTag())
  return `${JSON.stringify({ format: 1, kdf: 'scrypt', ...COST, salt: hexOf(salt), iv: hexOf(iv), sealed })}\n`
}

/**
 * The key (hex) that a file keeps. `home` is named in the problem.
 * @throws ProblemError `passphrase-wrong`; `home-key-wrong` when the file is no such file
 */
export function openSealedKey(crypto: KeyCrypto, text: string, passphrase: string, home: string): string {
  const kept = zSealedKey.safeParse(jsonOf(text)).data
  if (!kept) throw trouble('home-key-wrong', { home })
  const sealed = bytesOf(kept.sealed)
  const key = derived(crypto, passphrase, bytesOf(kept.salt), kept)
  const cipher = crypto.createDecipheriv('aes-256-gcm', key, bytesOf(kept.iv))
  cipher.setAuthTag(sealed.subarray(KEY_BYTES))
  try {
    return hexOf(cipher.update(sealed.subarray(0, KEY_BYTES))) + hexOf(cipher.final())
  } catch (error) {
    // the tag does not fit: another passphrase, or not the bytes that were written
    throw new ProblemError(problem('passphrase-wrong', { home }), { cause: error })
  }
}

const derived = (
  crypto: KeyCrypto,
  passphrase: string,
  salt: Uint8Array,
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
): Uint8Array =>
  // the same letters typed on another keyboard are the same passphrase
  crypto.scryptSync(passphrase.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 2 * MOST_MEMORY })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not JSON: not a sealed key either
  }
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

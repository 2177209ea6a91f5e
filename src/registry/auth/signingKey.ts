import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { link, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** The registry's own key: whoever holds a text and its signature can check it without asking (public keys at /v1/keys). */
export interface Signer {
  /** First 16 hex digits of the SHA-256 of the raw public key. */
  readonly id: string
  /** Raw Ed25519 key, base64url. */
  readonly publicKey: string
  /** Ed25519 signature of a text, base64url. */
  sign(text: string): string
}

const FILE = 'signing-key.pem'

/**
 * The key of this data folder, made at its first start, readable by its owner only. The private part never leaves the folder; each
 * folder of a registry with several processes has its own, and all public parts are published.
 */
export async function openSigningKey(data: string): Promise<Signer> {
  const path = join(data, FILE)
  const found = await readFile(path, 'utf8').catch((e: NodeJS.ErrnoException) => {
    if (e.code !== 'ENOENT') throw e
  })
  if (found !== undefined) return signer(createPrivateKey(found))
  const { privateKey } = generateKeyPairSync('ed25519')
  const written = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(written, 'wx', 0o600)
  try {
    await file.writeFile(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    // appears whole or not at all, and never in place of another
    await link(written, path)
  } catch (e) {
    // another process of the same folder was first
    if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e
  } finally {
    await unlink(written)
  }
  return signer(createPrivateKey(await readFile(path, 'utf8')))
}

/** Name of a key: the same wherever it is met. */
export const keyId = (rawKey: string): string =>
  createHash('sha256').update(Buffer.from(rawKey, 'base64url')).digest('hex').slice(0, 16)

function signer(key: KeyObject): Signer {
  const publicKey = createPublicKey(key).export({ format: 'jwk' }).x
  if (!publicKey) throw new Error('the signing key has no public part')
  return { id: keyId(publicKey), publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') }
}

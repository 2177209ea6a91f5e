import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { DeskStore } from '../db/store.ts'

/** The desk's own key pair: what it sends is signed with it. The private key never leaves desk.db. */
export interface Identity {
  readonly desk: string
  /** Raw Ed25519 key, base64url. */
  readonly publicKey: string
  /** Ed25519 signature of a text, base64url. */
  sign(text: string): string
}

/** The identity of this home, made at its first start. */
export function identityOf(store: DeskStore): Identity {
  const found = store.read
    .rows<[string, Uint8Array, string]>('SELECT desk, private_key, public_key FROM identity WHERE id = 1')
    .get()
  if (found) return identity(found[0], found[2], keyOf(found[1]))
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const desk = randomUUID()
  const raw = publicKey.export({ format: 'jwk' }).x
  if (!raw) throw new Error('the key pair has no public part')
  const der = privateKey.export({ format: 'der', type: 'pkcs8' })
  store.write((tx) =>
    tx.run('INSERT INTO identity(id, desk, private_key, public_key) VALUES (1, ?, ?, ?)', desk, der, raw),
  )
  return identity(desk, raw, privateKey)
}

const keyOf = (der: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })

const identity = (desk: string, publicKey: string, key: KeyObject): Identity => ({
  desk,
  publicKey,
  sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
})

/** The epoch of the registry that last enrolled this desk; null before the first. */
export const enrolledAt = (store: DeskStore): string | null =>
  store.read.value<string | null>('SELECT enrolled FROM identity WHERE id = 1') ?? null

export const markEnrolled = (store: DeskStore, epoch: string): void => {
  store.write((tx) => tx.run('UPDATE identity SET enrolled = ? WHERE id = 1', epoch))
}

/** The registry this desk belongs to; null before the first. */
export const installationOf = (store: DeskStore): string | null =>
  store.read.value<string | null>('SELECT installation FROM identity WHERE id = 1') ?? null

export const markInstallation = (store: DeskStore, installation: string): void => {
  store.write((tx) => tx.run('UPDATE identity SET installation = ? WHERE id = 1', installation))
}

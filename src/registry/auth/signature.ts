import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { trouble } from '../../domain/problem.ts'

/** DER header of an Ed25519 public key (RFC 8410); the 32 raw bytes follow. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Key object of a raw Ed25519 key in base64url. @throws ProblemError `signature-wrong` when it is none */
export function publicKeyOf(raw: string): KeyObject {
  const bytes = Buffer.from(raw, 'base64url')
  if (bytes.length !== 32) throw trouble('signature-wrong', { desk: '' })
  return createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
}

/** Keys met lately: reading one costs more than the check of a signature. */
const MET = 1_000
const met = new Map<string, KeyObject>()

function metKey(raw: string): KeyObject {
  const known = met.get(raw)
  if (known) return known
  const key = publicKeyOf(raw)
  if (met.size >= MET) met.clear()
  met.set(raw, key)
  return key
}

/** Whether `signature` (base64url) is the key's over the text. */
export const isSigned = (text: string, signature: string, rawKey: string): boolean =>
  verify(null, Buffer.from(text), metKey(rawKey), Buffer.from(signature, 'base64url'))

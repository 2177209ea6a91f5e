import type { Imei14 } from '../domain/fact.ts'
import type { List } from '../domain/listing.ts'

/** What both ends hash with: `createHash('sha256')` of node:crypto fits. */
export interface Sha256 {
  update(text: string): unknown
  digest(encoding: 'hex'): string
}

/** Hashes that desk and registry must compute alike. SHA-256, lower-case hex. */

/** Moves into or out of black, in order of IMEI: what the officer reviewed and the registry must find again. */
export class ReviewedMoves {
  readonly #hash: Sha256
  constructor(sha256: Sha256) {
    this.#hash = sha256
  }
  /** Feeds one IMEI, in ascending order; other moves are ignored. */
  add(imei14: Imei14, before: List, after: List): void {
    if (before !== after && (before === 'black' || after === 'black')) this.#hash.update(`${imei14}:${after}\n`)
  }
  digest(): string {
    return this.#hash.digest('hex')
  }
}

/**
 * What makes a batch the same batch: kind, source, whether it is a full list, and its rows in order of key. `doc` is the text of the
 * row's document as stored in the segment (op, date, network, data).
 */
export class ContentHash {
  readonly #hash: Sha256
  constructor(sha256: Sha256, kind: string, source: string, full: boolean) {
    this.#hash = sha256
    this.#hash.update(JSON.stringify([kind, source, full]))
  }
  /** Feeds one row in ascending order of its key: the IMEI's first 14 digits, a TAC, or a crossing's text. */
  add(key: number | string, doc: string): void {
    this.#hash.update(`\n${key}\t${doc}`)
  }
  digest(): string {
    return this.#hash.digest('hex')
  }
}

/** What a block run would block, as an officer signs it: the run, its last deadline and its IMEIs in ascending order. */
export function runManifest(sha256: Sha256, run: string, until: string, imeis: Iterable<Imei14>): string {
  sha256.update(`${run}\n${until}\n`)
  for (const imei14 of imeis) sha256.update(`${imei14}\n`)
  return sha256.digest('hex')
}

/** A document's text for ContentHash. */
export const docText = (op: string, date: string, network: string | null, data: string): string =>
  `${op}|${date}|${network ?? ''}|${data}`

/** A TAC row's text for ContentHash; its key is the TAC as a number, ascending. */
export const tacText = (brand: string, model: string, data: string): string => `${brand}|${model}|${data}`

/** A crossing's text: the key of its row for ContentHash, ascending by code units; the `doc` beside it is empty. */
export const crossingText = (c: {
  person: string
  date: string
  direction: string
  document: string
  point: string
}): string => `${c.person}|${c.date}|${c.direction}|${c.document}|${c.point}`

/** A policy as it is signed: its parameters as JSON with the keys of every object in order, without who signed it. */
export function policyManifest(sha256: Sha256, policy: Readonly<Record<string, unknown>>): string {
  sha256.update(orderedJson({ ...policy, signedBy: '' }))
  return sha256.digest('hex')
}

function orderedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(orderedJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${orderedJson(v)}`)
    .join(',')}}`
}

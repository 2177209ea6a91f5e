import type { AuditEntry } from './registry.ts'

/** The audit log's hashes, computed alike by the registry that writes it and by desks that witness it. Lower-case hex. */

/** SHA-256 of text or bytes: `(d) => createHash('sha256').update(d).digest()` of node:crypto fits. */
export type HashBytes = (data: string | Uint8Array) => Uint8Array

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(i * 2, i * 2 + 2), 16))

/** `previous` of the first entry. */
export const NO_ENTRY = '0'.repeat(64)

/** Hash of an entry, chained to the hash of the one before it. */
export const auditHash = (previous: string, e: Omit<AuditEntry, 'hash'>, hash: HashBytes): string =>
  hex(hash(auditText(previous, e)))

/** The text an entry's hash is taken of. */
export const auditText = (previous: string, e: Omit<AuditEntry, 'hash'>): string =>
  JSON.stringify([previous, e.no, e.seq, e.at, e.officer, e.desk, e.act, e.subject])

/**
 * RFC 6962 Merkle tree over the entries' hashes, growing at the right edge: only the roots of its complete subtrees are kept, the
 * largest first, so that appending costs O(log n) and the state fits in a row.
 */
export class MerkleTree {
  readonly #hash: HashBytes
  readonly #peaks: { hash: Uint8Array; leaves: number }[]
  #entries: number

  constructor(hash: HashBytes, entries = 0, peaks: readonly string[] = []) {
    this.#hash = hash
    this.#entries = entries
    const sizes: number[] = []
    for (let rest = entries; rest > 0; ) {
      const size = 2 ** Math.floor(Math.log2(rest))
      sizes.push(size)
      rest -= size
    }
    if (sizes.length !== peaks.length)
      throw new Error(`a tree of ${entries} entries has ${sizes.length} peaks, not ${peaks.length}`)
    this.#peaks = peaks.map((p, i) => ({ hash: bytesOf(p), leaves: sizes[i] ?? 0 }))
  }

  get entries(): number {
    return this.#entries
  }

  /** Roots of the complete subtrees, largest first. */
  get peaks(): string[] {
    return this.#peaks.map((p) => hex(p.hash))
  }

  /** Appends a leaf: the hash of an audit entry. */
  add(entryHash: string): void {
    let node = { hash: this.#prefixed(0, bytesOf(entryHash)), leaves: 1 }
    for (let last = this.#peaks.at(-1); last && last.leaves === node.leaves; last = this.#peaks.at(-1)) {
      this.#peaks.pop()
      node = { hash: this.#node(last.hash, node.hash), leaves: node.leaves * 2 }
    }
    this.#peaks.push(node)
    this.#entries++
  }

  /** Root of the tree; of an empty one the hash of nothing. */
  root(): string {
    const right = this.#peaks.at(-1)
    if (!right) return hex(this.#hash(new Uint8Array(0)))
    return hex(this.#peaks.slice(0, -1).reduceRight((root, peak) => this.#node(peak.hash, root), right.hash))
  }

  #node(left: Uint8Array, right: Uint8Array): Uint8Array {
    const both = new Uint8Array(left.length + right.length)
    both.set(left)
    both.set(right, left.length)
    return this.#prefixed(1, both)
  }

  #prefixed(prefix: number, data: Uint8Array): Uint8Array {
    const all = new Uint8Array(data.length + 1)
    all[0] = prefix
    all.set(data, 1)
    return this.#hash(all)
  }
}

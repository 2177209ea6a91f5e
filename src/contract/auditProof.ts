import type { HashBytes } from './auditChain.ts'

/**
 * Inclusion proofs over the audit log's Merkle tree (RFC 6962, section 2.1.1): that an entry stands in the tree whose root a
 * checkpoint names can be checked by anybody with some twenty hashes. Leaves are the entries' hashes; lower-case hex.
 */

const HASH_BYTES = 32
const FIRST_CAPACITY = 1024

/** The tree with every complete node kept, so that a path costs O(log n). 64 bytes an entry. */
export class ProofTree {
  readonly #hash: HashBytes
  /** `#levels[k]`: roots of the complete subtrees of 2^k leaves, one behind the other. */
  readonly #levels: { bytes: Uint8Array; count: number }[] = []

  constructor(hash: HashBytes) {
    this.#hash = hash
  }

  get entries(): number {
    return this.#levels[0]?.count ?? 0
  }

  add(entryHash: string): void {
    this.#push(0, leafOf(entryHash, this.#hash))
  }

  /** Hashes beside the way from leaf `index` to the root of the tree of the first `size` leaves, from the leaf up. */
  path(index: number, size: number): string[] {
    if (index < 0 || index >= size || size > this.entries) throw new Error(`no leaf ${index} in a tree of ${size}`)
    return this.#pathIn(0, size, index).map(toHex)
  }

  #push(level: number, node: Uint8Array): void {
    this.#levels[level] ??= { bytes: new Uint8Array(FIRST_CAPACITY * HASH_BYTES), count: 0 }
    const nodes = this.#levels[level]
    if (!nodes) throw new Error('a level was not made')
    if ((nodes.count + 1) * HASH_BYTES > nodes.bytes.length) {
      const larger = new Uint8Array(nodes.bytes.length * 2)
      larger.set(nodes.bytes)
      nodes.bytes = larger
    }
    nodes.bytes.set(node, nodes.count * HASH_BYTES)
    nodes.count++
    if (nodes.count % 2 === 0)
      this.#push(level + 1, nodeOf(this.#node(level, nodes.count - 2), this.#node(level, nodes.count - 1), this.#hash))
  }

  #node(level: number, at: number): Uint8Array {
    const nodes = this.#levels[level]
    if (!nodes || at >= nodes.count) throw new Error(`no node ${at} on level ${level}`)
    return nodes.bytes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES)
  }

  #pathIn(from: number, to: number, index: number): Uint8Array[] {
    if (to - from === 1) return []
    const middle = from + split(to - from)
    return index < middle
      ? [...this.#pathIn(from, middle, index), this.#rootOf(middle, to)]
      : [...this.#pathIn(middle, to, index), this.#rootOf(from, middle)]
  }

  #rootOf(from: number, to: number): Uint8Array {
    const size = to - from
    const level = Math.log2(size)
    if (Number.isInteger(level) && from % size === 0) return this.#node(level, from / size)
    const middle = from + split(size)
    return nodeOf(this.#rootOf(from, middle), this.#rootOf(middle, to), this.#hash)
  }
}

/** Largest power of two below `size`. */
const split = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1)

/** Whether `path` leads from the entry at `index` to the root of a tree of `size` entries. */
export function isIncluded(
  proof: { entryHash: string; index: number; size: number; path: readonly string[] },
  root: string,
  hash: HashBytes,
): boolean {
  const { index, size, path } = proof
  if (index < 0 || index >= size) return false
  let at = index
  let last = size - 1
  let node = leafOf(proof.entryHash, hash)
  for (const text of path) {
    if (last === 0) return false
    const beside = fromHex(text)
    if (at % 2 === 1 || at === last) {
      node = nodeOf(beside, node, hash)
      while (at % 2 === 0 && at !== 0) {
        at /= 2
        last = Math.floor(last / 2)
      }
    } else node = nodeOf(node, beside, hash)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && toHex(node) === root
}

const leafOf = (entryHash: string, hash: HashBytes): Uint8Array => prefixed(0, [fromHex(entryHash)], hash)
const nodeOf = (left: Uint8Array, right: Uint8Array, hash: HashBytes): Uint8Array => prefixed(1, [left, right], hash)

function prefixed(prefix: number, parts: readonly Uint8Array[], hash: HashBytes): Uint8Array {
  const all = new Uint8Array(1 + parts.reduce((n, part) => n + part.length, 0))
  all[0] = prefix
  let at = 1
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return hash(all)
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
const fromHex = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(i * 2, i * 2 + 2), 16))

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HashBytes, MerkleTree } from '../../src/contract/auditChain.ts'
import { isIncluded, ProofTree } from '../../src/contract/auditProof.ts'

const sha256: HashBytes = (data) => createHash('sha256').update(data).digest()
const entry = (n: number): string => createHash('sha256').update(`entry ${n}`).digest('hex')

function trees(entries: number): { proofs: ProofTree; root: string } {
  const proofs = new ProofTree(sha256)
  const tree = new MerkleTree(sha256)
  for (let n = 0; n < entries; n++) {
    proofs.add(entry(n))
    tree.add(entry(n))
  }
  return { proofs, root: tree.root() }
}

describe('a proof of inclusion', () => {
  it('leads from every entry to the root of every tree', () => {
    for (let size = 1; size <= 70; size++) {
      const { proofs, root } = trees(size)
      for (let index = 0; index < size; index++) {
        const path = proofs.path(index, size)
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)))
        expect(isIncluded({ entryHash: entry(index), index, size, path }, root, sha256)).toBe(true)
      }
    }
  })

  it('also of a checkpoint that is older than the log', () => {
    const { root } = trees(37)
    const { proofs } = trees(2_500)
    const path = proofs.path(12, 37)
    expect(isIncluded({ entryHash: entry(12), index: 12, size: 37, path }, root, sha256)).toBe(true)
  })

  it('holds for nothing else: another entry, place, size, root or path', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), (size, one, other) => {
        const { proofs, root } = trees(size)
        const index = one % size
        const another = other % size
        const sound = { entryHash: entry(index), index, size, path: proofs.path(index, size) }
        expect(isIncluded({ ...sound, entryHash: entry(size + 1) }, root, sha256)).toBe(false)
        expect(isIncluded({ ...sound, path: sound.path.slice(1) }, root, sha256)).toBe(false)
        expect(isIncluded({ ...sound, path: [...sound.path, root] }, root, sha256)).toBe(false)
        expect(isIncluded(sound, entry(1), sha256)).toBe(false)
        expect(isIncluded({ ...sound, index: another }, root, sha256)).toBe(another === index)
      }),
    )
  })
})

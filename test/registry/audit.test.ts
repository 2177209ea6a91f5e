import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditHash, type HashBytes, MerkleTree, NO_ENTRY } from '../../src/contract/auditChain.ts'
import type { AuditEntry } from '../../src/contract/registry.ts'
import { imei, TestDesk } from './testDesk.ts'
import { type TestRegistry, testRegistry } from './testRegistry.ts'

let registry: TestRegistry
let desk: TestDesk
beforeAll(async () => {
  registry = await testRegistry()
  desk = await TestDesk.enrolled(registry)
})
afterAll(() => registry.stop())

const sha: HashBytes = (data) => createHash('sha256').update(data).digest()
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** Merkle tree head as RFC 6962 section 2.1 defines it, recursively. */
function treeHead(leaves: readonly string[]): string {
  const node = (from: number, to: number): Uint8Array => {
    const n = to - from
    if (n === 1) return sha(Buffer.concat([Buffer.from([0]), Buffer.from(leaves[from] ?? '', 'hex')]))
    let half = 1
    while (half * 2 < n) half *= 2
    return sha(Buffer.concat([Buffer.from([1]), node(from, from + half), node(from + half, to)]))
  }
  return hex(leaves.length === 0 ? sha('') : node(0, leaves.length))
}

test('the growing tree has the root RFC 6962 defines, also when it is put down and taken up again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 70 }), (n, cut) => {
      const leaves = Array.from({ length: n }, (_, i) => hex(sha(`leaf ${i}`)))
      let tree = new MerkleTree(sha)
      for (const [i, leaf] of leaves.entries()) {
        if (i === cut) tree = new MerkleTree(sha, tree.entries, tree.peaks)
        tree.add(leaf)
      }
      expect(tree.root()).toBe(treeHead(leaves))
    }),
  )
})

test('every act is an entry chained to the one before, and the checkpoint is the root of all', async () => {
  await desk.importsBlack({ kind: 'stolen', imeis: [imei(1)] })
  await desk.imports({ kind: 'customs', imeis: [imei(2)] })
  const entries = (await desk.send('GET', '/v1/audit?after=0')).body as AuditEntry[]
  expect(entries.map((e) => e.no)).toEqual(entries.map((_, i) => i + 1))
  let previous = NO_ENTRY
  for (const { hash, ...entry } of entries) {
    previous = auditHash(previous, entry, sha)
    expect(previous).toBe(hash)
  }
  // the policies of the first start come before
  expect(entries.map((e) => e.act).filter((act) => act !== 'policy-set')).toEqual([
    'enrol',
    'commit-batch',
    'sign',
    'commit-batch',
  ])
  const checkpoint = (await desk.send('GET', '/v1/audit/checkpoint')).body
  expect(checkpoint).toMatchObject({ entries: entries.length, root: treeHead(entries.map((e) => e.hash)) })
})

test('entries and events cannot be changed or removed in the database', async () => {
  for (const act of [
    'UPDATE audit SET officer = $1',
    'DELETE FROM audit WHERE officer <> $1',
    'DELETE FROM event WHERE type <> $1',
  ])
    await expect(registry.query(act, ['x'])).rejects.toThrow('append-only')
})

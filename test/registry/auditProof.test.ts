import { createHash, createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditHash, type HashBytes } from '../../src/contract/auditChain.ts'
import { isIncluded } from '../../src/contract/auditProof.ts'
import { type AuditProof, checkpointText, zAuditProof } from '../../src/contract/registry/proof.ts'
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

async function proofOf(...subjects: string[]): Promise<AuditProof> {
  const query = subjects.map((subject) => `subject=${subject}`).join('&')
  return zAuditProof.parse((await desk.signed('GET', `/v1/audit/proof?${query}`)).body)
}

const holds = ({ checkpoint, proofs }: AuditProof): boolean[] =>
  proofs.map(
    ({ entry, previous, path }) =>
      auditHash(previous, entry, sha) === entry.hash &&
      isIncluded({ entryHash: entry.hash, index: entry.no - 1, size: checkpoint.entries, path }, checkpoint.root, sha),
  )

test('every act about a batch is proved to stand in the log, also when the log has grown since', async () => {
  const batches: string[] = []
  for (let n = 0; n < 5; n++) {
    const { batch } = await desk.imports({ kind: 'customs', imeis: [imei(100 + n)] })
    batches.push(batch)
    const proof = await proofOf(batch)
    expect(proof.proofs.map(({ entry }) => entry.act)).toEqual(['commit-batch'])
    expect(holds(proof)).toEqual([true])
  }
  const all = await proofOf(...batches)
  expect(all.proofs.map(({ entry }) => entry.subject)).toEqual(batches)
  expect(holds(all)).toEqual(batches.map(() => true))
})

test('the checkpoint is signed with a key the registry publishes', async () => {
  const { checkpoint } = await proofOf('nothing-such')
  const keys = (await desk.send('GET', '/v1/keys')).body as { id: string; publicKey: string }[]
  const key = keys.find(({ id }) => id === checkpoint.key)
  const signer = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key?.publicKey ?? '' }, format: 'jwk' })
  const { key: _key, signature, ...said } = checkpoint
  const isSigned = (root: string): boolean =>
    verify(null, Buffer.from(checkpointText({ ...said, root })), signer, Buffer.from(signature, 'base64url'))
  expect(isSigned(said.root)).toBe(true)
  expect(isSigned('0'.repeat(64))).toBe(false)
})

import { createHash } from 'node:crypto'
import { auditHash, MerkleTree, NO_ENTRY } from '../../contract/auditChain.ts'
import type { AuditEntry } from '../../contract/registry.ts'
import { trouble } from '../../domain/problem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import type { RegistryClient } from '../sync/registryClient.ts'

const sha256 = (data: string | Uint8Array): Uint8Array => createHash('sha256').update(data).digest()

/**
 * The mirror against the registry at the same sequence number, what differed and was repaired, and the audit log by its chain and its
 * signed root.
 */
export async function verify(desk: DeskCore) {
  const client = desk.link.required()
  const { equal, rows, digest, repaired, rebuilt } = await desk.compare()
  const { facts, listings, appeals, ranges } = repaired
  return {
    cache: { equal, rows, digest, repaired: { facts, listings, appeals, ranges: [...ranges] }, rebuilt },
    audit: await verifyAudit(client),
  }
}

/** Reads the whole log, follows its chain and compares the root with the registry's checkpoint. */
async function verifyAudit(client: RegistryClient): Promise<{ entries: number; root: string; ok: boolean }> {
  const checkpoint = await client.checkpoint()
  const tree = new MerkleTree(sha256)
  let previous = NO_ENTRY
  let chained = true
  while (tree.entries < checkpoint.entries) {
    const page = await client.audit(tree.entries)
    if (page.length === 0) break
    for (const entry of page) {
      if (tree.entries === checkpoint.entries) break
      if (entry.no !== tree.entries + 1 || auditHash(previous, entry, sha256) !== entry.hash) chained = false
      tree.add(entry.hash)
      previous = entry.hash
    }
  }
  const root = tree.root()
  return { entries: tree.entries, root, ok: chained && tree.entries === checkpoint.entries && root === checkpoint.root }
}

/** A page of the audit log, the newest first; it stays at the registry, so this needs it. */
export async function auditPage(
  desk: DeskCore,
  before: number | null,
  limit: number,
): Promise<{ entries: AuditEntry[] }> {
  const client = desk.link.client
  if (!client) throw trouble('needs-registry')
  const last = before === null ? (await client.checkpoint()).entries : before - 1
  const entries = await client.audit(Math.max(0, last - limit))
  return { entries: entries.filter((e) => e.no <= last).reverse() }
}

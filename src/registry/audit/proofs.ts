import { createHash } from 'node:crypto'
import { type HashBytes, NO_ENTRY } from '../../contract/auditChain.ts'
import { isIncluded, ProofTree } from '../../contract/auditProof.ts'
import { type AuditProof, checkpointText } from '../../contract/registry/proof.ts'
import type { AuditEntry } from '../../contract/registry.ts'
import type { Instant } from '../../domain/fact.ts'
import type { Signer } from '../auth/signingKey.ts'
import { entriesAbout, hashesAfter, hashesOf } from '../db/audit/queries.ts'
import { auditRoot, readHead } from '../db/log/queries.ts'
import type { Database } from '../db/pool.ts'
import { snapshot } from '../db/transaction.ts'

const sha256: HashBytes = (data) => createHash('sha256').update(data).digest()
const A_READING = 10_000
const MOST_ENTRIES = 1000

/** Proves that acts stand in the audit log. The tree is read once and grows with the log, which only ever grows. */
export class AuditProofs {
  readonly #db: Database
  readonly #signer: Signer
  readonly #now: () => Instant
  #tree = new ProofTree(sha256)
  #growing: Promise<void> = Promise.resolve()

  constructor(db: Database, signer: Signer, now: () => Instant) {
    this.#db = db
    this.#signer = signer
    this.#now = now
  }

  /** The log as it stands, signed, and every entry about the subjects with its way to the root. */
  async about(subjects: readonly string[]): Promise<AuditProof> {
    const { head, root, entries, previous } = await this.#read(subjects)
    let proofs = await this.#proofs(entries, previous, root.entries)
    if (!proofs.every(({ entry, path }) => leadsTo(entry, path, root))) {
      // a restored database has another log than the one this process has read
      this.#tree = new ProofTree(sha256)
      proofs = await this.#proofs(entries, previous, root.entries)
      if (!proofs.every(({ entry, path }) => leadsTo(entry, path, root)))
        throw new Error('the audit log does not have the root it was given')
    }
    const checkpoint = { epoch: head.epoch, ...root, at: this.#now() }
    const signature = this.#signer.sign(checkpointText(checkpoint))
    return { checkpoint: { ...checkpoint, key: this.#signer.id, signature }, proofs }
  }

  async #proofs(entries: readonly AuditEntry[], previous: ReadonlyMap<number, string>, size: number) {
    await this.#growTo(size)
    return entries.map((entry) => ({
      entry,
      previous: previous.get(entry.no - 1) ?? NO_ENTRY,
      path: this.#tree.path(entry.no - 1, size),
    }))
  }

  #read(subjects: readonly string[]) {
    return snapshot(this.#db, async (tx) => {
      const entries = await entriesAbout(tx, subjects, MOST_ENTRIES)
      return {
        head: await readHead(tx),
        root: await auditRoot(tx),
        entries,
        previous: await hashesOf(
          tx,
          entries.map(({ no }) => no - 1),
        ),
      }
    })
  }

  /** One reading at a time; the next one finds what the one before it read. */
  #growTo(entries: number): Promise<void> {
    this.#growing = this.#growing
      .catch(() => undefined)
      .then(async () => {
        while (this.#tree.entries < entries) {
          const hashes = await hashesAfter(this.#db, this.#tree.entries, A_READING)
          if (hashes.length === 0) throw new Error(`the audit log ends before entry ${entries}`)
          for (const hash of hashes) this.#tree.add(hash)
        }
      })
    return this.#growing
  }
}

const leadsTo = (entry: AuditEntry, path: readonly string[], root: { entries: number; root: string }): boolean =>
  isIncluded({ entryHash: entry.hash, index: entry.no - 1, size: root.entries, path }, root.root, sha256)

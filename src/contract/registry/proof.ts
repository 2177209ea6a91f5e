import { z } from 'zod'
import { zAuditEntry } from '../registry.ts'
import { zInstant, zSha256, zUuid } from '../value.ts'

/** Most subjects asked about at once. */
export const MOST_SUBJECTS = 100

/** The audit log at a moment, signed by the registry. */
export const zSignedCheckpoint = z.object({
  epoch: zUuid,
  entries: z.number().int().nonnegative(),
  root: zSha256,
  at: zInstant,
  /** Id of the registry's key (GET /v1/keys) and its Ed25519 signature over `checkpointText`, base64url. */
  key: z.string(),
  signature: z.string(),
})
export type SignedCheckpoint = z.infer<typeof zSignedCheckpoint>

/** The text a registry signs for a checkpoint. */
export const checkpointText = (c: Omit<SignedCheckpoint, 'key' | 'signature'>): string =>
  ['checkpoint', c.epoch, String(c.entries), c.root, c.at].join('\n')

/** GET /v1/audit/proof?subject=…&subject=…: entries about these batches, appeals and runs, each proved to stand in the log. */
export const zAuditProof = z.object({
  checkpoint: zSignedCheckpoint,
  proofs: z.array(
    z.object({
      entry: zAuditEntry,
      /** Hash of the entry before it, which this one's hash is chained to. */
      previous: zSha256,
      /** RFC 6962 inclusion: hashes beside the way from the entry to the root, from the entry up. */
      path: z.array(zSha256),
    }),
  ),
})
export type AuditProof = z.infer<typeof zAuditProof>

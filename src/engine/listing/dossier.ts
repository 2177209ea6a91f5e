import { createHash } from 'node:crypto'
import { auditHash, auditText, type HashBytes } from '../../contract/auditChain.ts'
import { isIncluded } from '../../contract/auditProof.ts'
import type { LifeStep, ProofLine } from '../../contract/engine/lookup.ts'
import type { AuditProof } from '../../contract/registry/proof.ts'
import type { IsoDate } from '../../domain/fact.ts'
import type { Policy } from '../../domain/policy.ts'
import { ProblemError } from '../../domain/problem.ts'
import { policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'
import type { RegistryClient } from '../sync/registryClient.ts'
import { type Explained, explain } from './explain.ts'
import { lifeOf } from './life.ts'

const sha256: HashBytes = (data) => createHash('sha256').update(data).digest()

/** Everything the mirror knows of an IMEI at the end of a day: why it is on its list, and how it came there. */
export interface Dossier {
  readonly explained: Explained
  readonly life: LifeStep[]
}

export function dossierOf(desk: Desk, imei: string, at: IsoDate | undefined): Dossier {
  const explained = explain(desk, imei, at)
  const life = lifeOf(desk.home.cache.read, Number(explained.imei14), explained.asOf.seq)
  return { explained, life }
}

/** The policy a dossier was computed under. */
export const policyOf = (desk: Desk, { explained }: Dossier): Policy =>
  policyAt(desk.home.cache.read, explained.asOf.seq)

/** SHA-256 over what the dossier says, whatever the language it says it in. */
export const fingerprintOf = ({ explained, life }: Dossier): string => {
  const { imei14, at, asOf, policy, list, reason, since, deadline, rules, facts, siblings } = explained
  const said = [imei14, at, asOf.seq, policy, list, reason, since, deadline, rules, facts, siblings, life]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

/** A proof as it is printed: with the path, so that a reader without a desk can follow it. */
export interface PrintedProof extends ProofLine {
  /** What was hashed: the hash of the entry before it, and the entry's fields. */
  readonly text: string
  readonly path: readonly string[]
}
export interface Proved {
  readonly checkpoint: AuditProof['checkpoint']
  readonly lines: readonly PrintedProof[]
}

/** Steps whose `ref` is the subject of an audit entry. */
const PROVABLE: readonly LifeStep['what'][] = [
  'reported',
  'released',
  'undone',
  'replaced',
  'appeal',
  'run',
  'notice',
  'clone',
]

/** Proofs of every act the dossier names; null when no registry is set or it cannot be reached now. */
export async function proofsOf(client: RegistryClient | null, { explained, life }: Dossier): Promise<Proved | null> {
  if (!client) return null
  const named = life.filter(({ what }) => PROVABLE.includes(what)).map(({ ref }) => ref)
  const subjects = [...new Set([...explained.facts.map(({ batch }) => batch), ...named])]
  const answer = await answerOrNull(() => client.proofs(subjects.length > 0 ? subjects : [explained.imei14]))
  if (!answer) return null
  const { checkpoint, proofs } = answer
  const lines = proofs.map(({ entry, previous, path }) => ({
    subject: entry.subject,
    act: entry.act,
    no: entry.no,
    seq: entry.seq,
    at: entry.at,
    officer: entry.officer,
    hash: entry.hash,
    holds:
      auditHash(previous, entry, sha256) === entry.hash &&
      isIncluded(
        { entryHash: entry.hash, index: entry.no - 1, size: checkpoint.entries, path },
        checkpoint.root,
        sha256,
      ),
    text: auditText(previous, entry),
    path,
  }))
  return { checkpoint, lines }
}

async function answerOrNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'registry-unreachable') return null
    throw error
  }
}

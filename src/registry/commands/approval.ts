import { createHash } from 'node:crypto'
import type { Appeal } from '../../domain/appeal.ts'
import { DEFAULT_SOURCE } from '../../domain/batch.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { ForeignListing } from '../../domain/decision.ts'
import type { Effect } from '../../domain/effect.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { foreignListing } from '../../domain/owner.ts'
import { done, type Outcome } from '../../domain/problem.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { factsOf } from '../db/fact/queries.ts'
import type { Tx } from '../db/transaction.ts'
import { factColumns } from '../segment/batchRows.ts'
import { contentOf } from '../segment/contentOf.ts'
import { writeSegments } from '../segment/writeSegments.ts'
import { commitNew, type Incoming, type JudgedBatch, judgeBatch } from './acceptBatch.ts'
import type { Act } from './act.ts'
import { uuid7 } from './uuid7.ts'

const MOST_IMEIS = 4

/** What approving an appeal would do. */
export interface Approval {
  readonly effect: Effect
  readonly judged: JudgedBatch
  readonly incoming: Incoming
  readonly foreign: readonly ForeignListing[]
}

/** Judges the approval of an appeal over every IMEI of its device. The writer's row is held. */
export async function judgeApproval(act: Act, appeal: Appeal): Promise<Outcome<Approval>> {
  const imeis = await deviceOf(act.tx, appeal)
  const policy = await currentPolicy(act.tx)
  const foreign: ForeignListing[] = []
  for (const [imei14, facts] of await factsOf(act.tx, imeis)) {
    const found = foreignListing(facts, policy)
    if (found) foreign.push({ imei: String(imei14).padStart(14, '0'), owner: found.owner, reason: found.reason })
  }
  const incoming = await decisionBatch(act, appeal, imeis)
  const judged = await judgeBatch(act.tx, incoming)
  if (!judged.ok) return judged
  return done({ effect: judged.value.effect, judged: judged.value, incoming, foreign })
}

/** Writes the approval: a batch of its own, pulled by desks as any other. `by` decided, `signedBy` signed after him. */
export async function commitApproval(
  act: Act,
  approval: Approval,
  made: { by: string; signedBy: readonly string[] },
): Promise<void> {
  const { incoming, judged } = approval
  const segments = await writeSegments(act.blobs, incoming.rows, incoming.head)
  await commitNew(act, { ...incoming, segments }, judged, made)
}

/** The claimed IMEIs and those that live facts name as the same device, ascending. */
async function deviceOf(tx: Tx, appeal: Appeal): Promise<Imei14[]> {
  const found = new Set(appeal.claim.imeis.map((text) => Number(text.slice(0, 14))))
  for (let fresh = [...found]; fresh.length > 0; ) {
    const facts = await factsOf(tx, fresh)
    fresh = []
    for (const { next } of [...facts.values()].flat())
      if (next > 0 && !found.has(next) && found.size < MOST_IMEIS) {
        found.add(next)
        fresh.push(next)
      }
  }
  return [...found].sort((a, b) => a - b)
}

async function decisionBatch(act: Act, appeal: Appeal, imeis: readonly Imei14[]): Promise<Incoming> {
  const { now } = act.actor
  const kind = 'decision' as const
  const source = DEFAULT_SOURCE[kind]
  const data = JSON.stringify({ appeal: appeal.id })
  const doc = { no: 1, op: 'add' as const, date: businessDate(now), network: null, data }
  const ring = (i: number) => (imeis.length > 1 ? (imeis[(i + 1) % imeis.length] ?? 0) : 0)
  const rows = {
    docs: new Map([[doc.no, doc]]),
    facts: factColumns(imeis.map((imei14, i) => ({ imei14, doc: doc.no, next: ring(i) }))),
    tacs: [],
    crossings: [],
  }
  const n = imeis.length
  const head = {
    id: uuid7(now),
    kind,
    source,
    letter: appeal.id,
    full: false,
    file: { name: appeal.id, sha256: createHash('sha256').update(data).digest('hex') },
    content: await contentOf(rows, { kind, source, full: false }),
    counts: { rows: n, accepted: n, rejected: 0, duplicates: 0, problems: {}, imeis: n },
    accepted: [],
  }
  return { head, segments: [], rows }
}

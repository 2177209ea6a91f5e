import { createHash } from 'node:crypto'
import { runManifest } from '../../contract/fingerprint.ts'
import { sealText } from '../../contract/registry/blockRuns.ts'
import type { CommandBody, CommandResult } from '../../contract/registry.ts'
import { DEFAULT_SOURCE } from '../../domain/batch.ts'
import {
  CONFLICTS,
  type Conflict,
  type Dropped,
  declineRun,
  isFullySigned,
  isHeldBy,
  noAmnesty,
  signRun,
} from '../../domain/blockRun.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Imei14 } from '../../domain/fact.ts'
import { done, type Outcome, refused } from '../../domain/problem.ts'
import { endRun, imeisOfRun, runForUpdate, type StoredRun, saveSigned } from '../db/blockRun/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import { factColumns } from '../segment/batchRows.ts'
import { contentOf } from '../segment/contentOf.ts'
import { writeSegments } from '../segment/writeSegments.ts'
import { commitNew, type Incoming, judgeBatch } from './acceptBatch.ts'
import type { Act, Handler } from './act.ts'
import { judgeRunAgain } from './gatherRun.ts'

type Signed = Promise<Outcome<CommandResult<'sign-blockrun'>>>

/** A signature under a block run, judged anew: what changed since drops out. The last one blocks; without agreement it ends. */
export const signBlockRun: Handler<'sign-blockrun'> = async (act, body) => {
  const { tx, actor } = act
  act.about(body.run)
  await holdFacts(tx)
  const run = await runForUpdate(tx, body.run)
  if (!run) return refused('blockrun-unknown', { run: body.run })
  if (!body.agrees) return declined(act, run, body)
  const signed = signRun(run, actor.officer)
  if (!signed.ok) return signed
  if (body.manifest !== run.manifest) return refused('effect-changed', { batch: run.id, toBlack: run.toBlack })

  const policy = await currentPolicy(tx)
  const rules = { policy, today: businessDate(actor.now), until: run.until }
  const free = noAmnesty(rules)
  if (!free.ok) return free
  const { kept, dropped } = await judgeRunAgain(tx, await imeisOfRun(tx, run.no), rules)
  const after = afterSignature(run, signed.value, kept, dropped)
  if (after.state === 'committed') {
    const committed = await block(act, after, kept)
    if (!committed.ok) return committed
  }
  await saveSigned(tx, after, dropped, actor.now)
  const { id, state, toBlack, held, conflicts, manifest, signatures } = after
  act.event('blockrun-signed', {
    id,
    state,
    toBlack,
    held,
    conflicts,
    dropped: [...dropped],
    manifest,
    by: actor.officer.id,
    signatures: [...signatures],
    ...(state === 'committed' ? { seal: sealOf(act, after) } : {}),
    command: actor.command,
  })
  return done(answerOf(after))
}

async function declined(act: Act, run: StoredRun, { note }: CommandBody<'sign-blockrun'>): Signed {
  const allowed = declineRun(run, act.actor.officer)
  if (!allowed.ok) return allowed
  await endRun(act.tx, run.no, 'declined', act.actor.now)
  act.event('blockrun-dropped', { id: run.id, by: act.actor.officer.id, note, command: act.actor.command })
  return done(answerOf({ ...run, state: 'declined' }))
}

function afterSignature(
  run: StoredRun,
  signatures: readonly string[],
  kept: readonly Imei14[],
  dropped: readonly Dropped[],
): StoredRun {
  const state = kept.length === 0 ? 'empty' : isFullySigned(signatures) ? 'committed' : 'awaiting-signature'
  return {
    ...run,
    state,
    signatures,
    toBlack: kept.length,
    held: run.held + dropped.filter((d) => isHeldBy(d.why)).length,
    conflicts: run.conflicts + dropped.filter((d) => CONFLICTS.includes(d.why as Conflict)).length,
    manifest: runManifest(createHash('sha256'), run.id, run.until, kept),
  }
}

/** The registry's own signature under a run in force. */
const sealOf = ({ signer }: Act, { id, manifest, signatures }: StoredRun) => ({
  key: signer.id,
  value: signer.sign(sealText(id, manifest, signatures)),
})

const answerOf = ({ id, toBlack, held, conflicts, cap, state, signatures }: StoredRun) => ({
  run: id,
  toBlack,
  held,
  conflicts,
  cap,
  state,
  signatures: [...signatures],
})

/** Commits the fact `not-verified-in-time` about every IMEI of the run: a batch of the run's id, pulled by desks as any other. */
async function block(act: Act, run: StoredRun, imeis: readonly Imei14[]): Promise<Outcome<null>> {
  const incoming = await batchOfRun(act, run, imeis)
  const judged = await judgeBatch(act.tx, incoming)
  if (!judged.ok) return judged
  const segments = await writeSegments(act.blobs, incoming.rows, incoming.head)
  // who proposed made it; the others signed after him
  const signedBy = run.signatures.filter((officer) => officer !== run.by)
  await commitNew(act, { ...incoming, segments }, judged.value, { by: run.by, signedBy })
  return done(null)
}

async function batchOfRun(act: Act, run: StoredRun, imeis: readonly Imei14[]): Promise<Incoming> {
  const kind = 'blockrun' as const
  const source = DEFAULT_SOURCE[kind]
  const data = JSON.stringify({ run: run.id, no: run.no, until: run.until })
  const doc = { no: 1, op: 'add' as const, date: businessDate(act.actor.now), network: null, data }
  const rows = {
    docs: new Map([[doc.no, doc]]),
    facts: factColumns(imeis.map((imei14) => ({ imei14, doc: doc.no, next: 0 }))),
    tacs: [],
    crossings: [],
  }
  const n = imeis.length
  const head = {
    id: run.id,
    kind,
    source,
    letter: '',
    full: false,
    file: { name: `blockrun-${run.no}`, sha256: run.manifest },
    content: await contentOf(rows, { kind, source, full: false }),
    counts: { rows: n, accepted: n, rejected: 0, duplicates: 0, problems: {}, imeis: n },
    accepted: [],
  }
  return { head, segments: [], rows }
}

import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import type { BATCH_CALLS, Staged } from '../../../contract/engine/batch.ts'
import { COMMAND_RESULTS } from '../../../contract/registry.ts'
import type { GuardCode } from '../../../domain/checks/ruleBook.ts'
import { isReplayable } from '../../../domain/fix/fixStep.ts'
import { may } from '../../../domain/officer.ts'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import type { Desk, Settled } from '../../sync/desk.ts'
import { rememberProfile } from '../profiles.ts'
import type { Refreshed, RefreshTask } from '../stage/refreshEffect.ts'
import {
  markSent,
  markState,
  rowsPath,
  type StagedDoc,
  type StagedRow,
  stagedOrTrouble,
  updateStaged,
} from '../stagedBatches.ts'
import { runThread } from '../thread/runThread.ts'
import type { CommitTask, Frozen } from './commitTask.ts'

type Input = z.output<(typeof BATCH_CALLS)['commit-batch']['input']>

/**
 * Freezes staged rows by their hash and puts the command into the outbox, in one transaction; waits for the registry when it can be
 * reached. Refused: by a guard that was not accepted, by role, or by the registry, and then the rows stay staged.
 */
export async function commitBatch(desk: Desk, input: Input): Promise<Staged> {
  const officer = desk.session.officer()
  const role = may(officer, 'import')
  if (!role.ok) throw new ProblemError(role.problem)
  const row = stagedOrTrouble(desk, input.batch)
  if (row.state !== 'staged') throw trouble('batch-not-staged', { batch: input.batch, state: row.state })
  const { staged } = row.doc
  for (const guard of staged.guards)
    if (!input.accept.includes(guard.code)) throw trouble(guard.code as GuardCode, guard.details)
  const started = performance.now()
  const frozen = await freezeAsJob(desk, row, input.job)
  const command = send(desk, row, frozen, input.accept, officer.id)
  const settled = await desk.commands.settle(command)
  const seconds = { ...staged.seconds, commit: (performance.now() - started) / 1000 }
  return settle(desk, row.id, { ...row.doc, staged: { ...staged, seconds } }, settled)
}

function freezeAsJob(desk: Desk, row: StagedRow, job: string | undefined): Promise<Frozen> {
  const { home } = desk
  const { staged, full } = row.doc
  const task: CommitTask = {
    batch: row.id,
    kind: staged.kind,
    source: staged.source,
    full,
    stagingFile: rowsPath(home.folder, row),
    blobFolder: join(home.folder, 'blobs'),
    keyHex: desk.keyHex,
    rowsAPart: desk.strides.part,
  }
  return desk.jobs.run(
    { id: job ?? row.id, kind: 'commit', subject: staged.file, unit: 'imeis' },
    ({ signal, progress }) =>
      runThread<Frozen>(
        (stop) => new Worker(new URL('./freeze.worker.ts', import.meta.url), { workerData: { task, stop } }),
        signal,
        (done) => progress(Math.round(done * staged.counts.imeis), staged.counts.imeis),
      ),
  )
}

/** From here on the batch cannot be taken back by dropping it: the command goes out, now or when the registry is reached. */
function send(desk: Desk, row: StagedRow, frozen: Frozen, accept: readonly string[], by: string): string {
  const { doc } = row
  const { staged } = doc
  const accepted = staged.guards.map((g) => g.code).filter((code) => accept.includes(code))
  return desk.home.desk.write((tx) => {
    const command = desk.commands.enqueue(tx, {
      kind: 'commit-batch',
      subject: row.id,
      basedOnSeq: staged.basedOnSeq,
      blobs: [...frozen.segments, ...frozen.observations].map((s) => s.sha256),
      body: {
        head: {
          id: row.id,
          kind: staged.kind,
          source: staged.source,
          letter: doc.letter,
          ...(doc.letterDate === null ? {} : { letterDate: doc.letterDate }),
          ...(doc.steps.length === 0 ? {} : { steps: doc.steps }),
          full: doc.full,
          file: { name: doc.file.name, sha256: doc.file.sha256, sheet: doc.layout.sheet },
          content: frozen.content,
          counts: staged.counts,
          accepted,
        },
        segments: [...frozen.segments],
        ...(frozen.observations.length > 0 && { observations: [...frozen.observations] }),
        effect: staged.effect,
        reviewed: doc.reviewed,
      },
    })
    updateStaged(tx, row.id, { ...doc, by, staged: { ...staged, state: 'queued' } })
    markSent(tx, row.id, command)
    const { kind, source } = staged
    const { fingerprint, headers, mapping } = doc.layout
    const steps = doc.steps.filter(isReplayable)
    rememberProfile(tx, { kind, source, fingerprint, headers, mapping, steps }, desk.now())
    return command
  })
}

/** Notes what the registry said. A refusal leaves the rows staged, to be looked at and committed again or dropped. */
async function settle(desk: Desk, id: string, doc: StagedDoc, settled: Settled): Promise<Staged> {
  if (settled.state === 'queued') {
    const queued: Staged = { ...doc.staged, state: 'queued' }
    desk.home.desk.write((tx) => updateStaged(tx, id, { ...doc, staged: queued }))
    return queued
  }
  if (settled.state === 'refused') {
    const changed = settled.problem.code === 'effect-changed'
    const refreshed = changed ? { ...doc, ...(await effectAnew(desk, id, doc)) } : doc
    desk.home.desk.write((tx) => {
      updateStaged(tx, id, refreshed)
      markState(tx, id, 'staged')
    })
    desk.changed('batch')
    throw new ProblemError(settled.problem)
  }
  const answer = COMMAND_RESULTS['commit-batch'].parse(settled.result)
  const staged: Staged = { ...doc.staged, state: answer.state, effect: answer.effect }
  desk.home.desk.write((tx) => {
    updateStaged(tx, id, { ...doc, staged, became: { batch: answer.batch, state: answer.state } })
    markState(tx, id, 'done')
  })
  desk.changed('batch', 'listing')
  return { ...staged, batch: answer.batch }
}

/** The facts have changed under a reviewed effect: the officer is shown the one of now, and commits that or not. */
async function effectAnew(desk: Desk, id: string, doc: StagedDoc): Promise<Pick<StagedDoc, 'staged' | 'reviewed'>> {
  const { staged, full } = doc
  const task: RefreshTask = {
    batch: id,
    kind: staged.kind,
    source: staged.source,
    full,
    keyHex: desk.keyHex,
    stagingFile: rowsPath(desk.home.folder, { id, doc }),
    cacheFile: desk.home.cache.path,
  }
  const { reviewed, changed, ...anew } = await runThread<Refreshed>(
    (stop) => new Worker(new URL('../stage/refresh.worker.ts', import.meta.url), { workerData: { task, stop } }),
    new AbortController().signal,
    () => undefined,
  )
  const before = { effect: staged.effect, basedOnSeq: staged.basedOnSeq }
  return {
    staged: { ...staged, ...anew, changed: { ...before, total: changed.total, imeis: [...changed.imeis] } },
    reviewed,
  }
}

import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { z } from 'zod'
import type { BATCH_CALLS, Staged } from '../../contract/engine/batch.ts'
import { DEFAULT_SOURCE } from '../../domain/batch.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError } from '../../domain/problem.ts'
import type { Desk } from '../sync/desk.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { profilesOf } from './profiles.ts'
import { runStage } from './stage/runStage.ts'
import { keptPath, stagingPath } from './stage/stagingFile.ts'
import type { StageResult, StageTask } from './stage/task.ts'
import { insertStaged, type StagedDoc } from './stagedBatches.ts'
import type { Turns } from './thread/turns.ts'

type Input = z.output<(typeof BATCH_CALLS)['stage-batch']['input']>

/** Parses, checks and stages every row of a file and computes the effect, as a job, one file after the other. Nothing is left when it fails or is cancelled. */
export async function stageBatch(desk: Desk, turns: Turns, input: Input): Promise<Staged> {
  const officer = desk.session.officer()
  const role = may(officer, 'import')
  if (!role.ok) throw new ProblemError(role.problem)
  const { home } = desk
  const batch = uuid7(desk.now())
  const at = desk.now()
  const source = input.source ?? DEFAULT_SOURCE[input.kind]
  const path = desk.grants.path(input.token)
  const task: StageTask = {
    batch,
    file: { path, password: input.password, encoding: input.encoding, delimiter: input.delimiter },
    layout: {
      kind: input.kind,
      sheet: input.sheet,
      headerRow: input.headerRow,
      mapping: input.mapping,
      mappingByHeader: input.mappingByHeader,
      profile: input.profile,
      profiles: profilesOf(home.desk.read, source),
    },
    kind: input.kind,
    source,
    full: input.full,
    today: businessDate(at),
    keyHex: desk.keyHex,
    stagingFile: stagingPath(home.folder, batch),
    cacheFile: home.cache.path,
    keep: { path: keptPath(home.folder, batch), sha256: null },
    steps: input.steps,
  }
  const result = await stageAsJob(desk, turns, task, input.job)
  const doc: StagedDoc = {
    staged: stagedOf(task, { letter: input.letter, letterDate: input.letterDate }, result),
    letter: input.letter,
    letterDate: input.letterDate,
    full: input.full,
    steps: input.steps,
    revision: 0,
    by: officer.id,
    file: result.file,
    layout: result.layout,
    reviewed: result.reviewed,
    became: null,
  }
  home.desk.write((tx) => insertStaged(tx, batch, at, doc))
  desk.changed('batch')
  return doc.staged
}

/** Stages in its turn, as a job that shows how far it is. */
export function stageAsJob(desk: Desk, turns: Turns, task: StageTask, id: string): Promise<StageResult> {
  // how many rows a file has is known only at its end, its size at once
  const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const bytes = size(task.keep.sha256 === null ? task.file.path : task.keep.path)
  return desk.jobs.run({ id, kind: 'stage', subject: basename(task.file.path), unit: 'bytes' }, (job) =>
    turns.take(job.signal, () => runStage(task, job.signal, (done) => job.progress(Math.round(done * bytes), bytes))),
  )
}

export const stagedOf = (
  { batch, kind, source, steps }: Pick<StageTask, 'batch' | 'kind' | 'source' | 'steps'>,
  { letter, letterDate }: Pick<StagedDoc, 'letter' | 'letterDate'>,
  r: StageResult,
): Staged => ({
  batch,
  state: 'staged',
  kind,
  source,
  letter,
  letterDate,
  steps,
  file: r.file.name,
  counts: r.counts,
  effect: r.effect,
  basedOnSeq: r.basedOnSeq,
  needsSignature: r.needsSignature,
  guards: [...r.guards],
  notices: [...r.notices],
  seconds: { ...r.seconds, commit: 0 },
})

import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { z } from 'zod'
import type { BATCH_CALLS, Staged } from '../../contract/engine/batch.ts'
import { DEFAULT_SOURCE } from '../../domain/batch.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError } from '../../domain/problem.ts'
import type { Desk } from '../sync/desk.ts'
import { STOPPING } from '../sync/jobs.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { profilesOf } from './profiles.ts'
import { insertQueued, type QueueEntry, removeQueued, taskOf } from './queue/importQueue.ts'
import { runStage } from './stage/runStage.ts'
import type { StageResult, StageTask } from './stage/task.ts'
import { insertStaged, removeFiles, type StagedDoc } from './stagedBatches.ts'
import { Turns } from './thread/turns.ts'

type Input = z.output<(typeof BATCH_CALLS)['stage-batch']['input']>

/** The imports this engine works on: one file after the other, each a job, each in the queue until its rows are staged. */
export class Imports {
  readonly #desk: Desk
  readonly #turns = new Turns()
  readonly #running = new Map<string, { readonly job: string; readonly ended: Promise<unknown> }>()

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** The job of a batch that is being staged or waits for it; null when this engine does not work on it. */
  jobOf(batch: string): string | null {
    return this.#running.get(batch)?.job ?? null
  }

  /** Resolves when a batch is staged, refused or cancelled. */
  async ended(batch: string): Promise<void> {
    await this.#running.get(batch)?.ended
  }

  /**
   * Parses, checks and stages every row of a file and computes the effect. Nothing is left when it fails or is cancelled; when the desk
   * is closed meanwhile it goes on after the next start.
   */
  stage(input: Input): Promise<Staged> {
    const entry = newEntry(this.#desk, input)
    this.#desk.home.desk.write((tx) => insertQueued(tx, entry))
    return this.run(entry, input.job)
  }

  /** Works on an entry of the queue, new or interrupted. */
  run(entry: QueueEntry, job: string): Promise<Staged> {
    const work = this.#work(entry, job)
    const ended = work.then(
      () => undefined,
      () => undefined,
    )
    this.#running.set(entry.id, { job, ended })
    this.#desk.changed('batch')
    return work
  }

  async #work(entry: QueueEntry, job: string): Promise<Staged> {
    const desk = this.#desk
    const { id, at, by, letter, letterDate, task } = entry
    let closing = false
    try {
      const result = await stageAsJob(desk, this.#turns, taskOf(desk, entry), job, (signal) => {
        closing = signal.reason === STOPPING
      })
      if (result.same !== null) {
        removeFiles(desk.home.folder, id)
        desk.home.desk.write((tx) => removeQueued(tx, id))
        return {
          ...stagedOf(task, { letter, letterDate }, result),
          batch: result.same,
          state: 'same',
          guards: [],
        }
      }
      const doc: StagedDoc = {
        staged: stagedOf(task, { letter, letterDate }, result),
        letter,
        letterDate,
        full: task.full,
        steps: task.steps,
        revision: 0,
        by,
        file: result.file,
        layout: result.layout,
        reviewed: result.reviewed,
        became: null,
      }
      desk.home.desk.write((tx) => {
        insertStaged(tx, id, at, doc)
        removeQueued(tx, id)
      })
      return doc.staged
    } catch (error) {
      if (!closing) desk.home.desk.write((tx) => removeQueued(tx, id))
      throw error
    } finally {
      this.#running.delete(id)
      desk.changed('batch')
    }
  }
}

function newEntry(desk: Desk, input: Input): QueueEntry {
  const officer = desk.session.officer()
  const role = may(officer, 'import')
  if (!role.ok) throw new ProblemError(role.problem)
  const at = desk.now()
  const id = uuid7(at)
  const source = input.source ?? DEFAULT_SOURCE[input.kind]
  return {
    id,
    at,
    by: officer.id,
    letter: input.letter,
    letterDate: input.letterDate,
    task: {
      batch: id,
      file: {
        path: desk.grants.path(input.token),
        password: input.password,
        encoding: input.encoding,
        delimiter: input.delimiter,
      },
      layout: {
        kind: input.kind,
        sheet: input.sheet,
        headerRow: input.headerRow,
        mapping: input.mapping,
        mappingByHeader: input.mappingByHeader,
        profile: input.profile,
        profiles: profilesOf(desk.home.desk.read, source),
      },
      kind: input.kind,
      source,
      full: input.full,
      today: businessDate(at),
      steps: input.steps,
      checkpointRows: desk.strides.checkpoint,
      resumes: false,
    },
  }
}

/** Stages in its turn, as a job that shows how far it is and can be halted. `ended` gets the job's signal at its end. */
export async function stageAsJob(
  desk: Desk,
  turns: Turns,
  task: StageTask,
  id: string,
  ended: (signal: AbortSignal) => void = () => undefined,
): Promise<StageResult> {
  // how many rows a file has is known only at its end, its size at once
  const size = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size
  const bytes = (task.keep.sha256 === null ? size(task.file.path) : size(task.keep.path)) ?? size(task.keep.path) ?? 0
  const what = { id, kind: 'stage', subject: basename(task.file.path), unit: 'bytes' } as const
  return desk.jobs.run(
    what,
    async (job) => {
      try {
        return await turns.take(job.signal, () => {
          job.begin()
          return runStage(
            task,
            job.signal,
            (done) => job.progress(Math.round(done * bytes), bytes),
            (tell) => job.watchPause(tell),
          )
        })
      } finally {
        ended(job.signal)
      }
    },
    'queued',
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
  changed: null,
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

import { rmSync } from 'node:fs'
import type { Staged } from '../../../contract/engine/batch.ts'
import { businessDate } from '../../../domain/businessDate.ts'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import { may } from '../../../domain/officer.ts'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import type { Desk } from '../../sync/desk.ts'
import { keptPath, removeStaging, stagingPath } from '../stage/stagingFile.ts'
import type { StageTask } from '../stage/task.ts'
import { stageAsJob, stagedOf } from '../stageBatch.ts'
import { rowsPath, type StagedDoc, type StagedRow, stagedOrTrouble, updateStaged } from '../stagedBatches.ts'
import type { Turns } from '../thread/turns.ts'

/** A batch whose cells may still be corrected; throws `batch-not-staged`, or what the officer may not. */
export function correctable(desk: Desk, batch: string): StagedRow {
  const role = may(desk.session.officer(), 'import')
  if (!role.ok) throw new ProblemError(role.problem)
  const row = stagedOrTrouble(desk, batch)
  if (row.state !== 'staged') throw trouble('batch-not-staged', { batch, state: row.state })
  return row
}

/**
 * Judges a staged file again with other corrections. All its rows are, since one that is accepted now may make a later one a duplicate.
 * The rows of before stay until the new ones are in place, so a cancelled or killed correction changes nothing.
 */
export async function restage(
  desk: Desk,
  turns: Turns,
  { id, doc }: StagedRow,
  steps: readonly FixStep[],
  job: string,
): Promise<Staged> {
  const { folder } = desk.home
  const revision = doc.revision + 1
  const task = restageTask(desk, { id, doc }, steps, stagingPath(folder, id, revision))
  const result = await stageAsJob(desk, turns, task, job)
  const next: StagedDoc = {
    ...doc,
    steps,
    revision,
    staged: stagedOf(task, doc, result),
    layout: result.layout,
    reviewed: result.reviewed,
  }
  const now = stagedOrTrouble(desk, id)
  if (now.state !== 'staged' || now.doc.revision !== doc.revision) {
    rmSync(task.stagingFile, { force: true })
    throw trouble('batch-not-staged', { batch: id, state: now.state })
  }
  desk.home.desk.write((tx) => updateStaged(tx, id, next))
  removeStaging(rowsPath(folder, { id, doc }))
  desk.changed('batch')
  return next.staged
}

/** What reads a staged file again exactly as it was read. */
export function restageTask(
  desk: Desk,
  { id, doc }: Pick<StagedRow, 'id' | 'doc'>,
  steps: readonly FixStep[],
  stagingFile: string,
): StageTask {
  const { staged, layout, file } = doc
  return {
    batch: id,
    file: { path: file.name, encoding: layout.encoding ?? undefined, delimiter: layout.delimiter ?? undefined },
    layout: {
      kind: staged.kind,
      sheet: layout.sheet,
      headerRow: layout.headerRow,
      mapping: layout.mapping,
      profiles: [],
    },
    kind: staged.kind,
    source: staged.source,
    full: doc.full,
    today: businessDate(desk.now()),
    keyHex: desk.keyHex,
    stagingFile,
    cacheFile: desk.home.cache.path,
    keep: { path: keptPath(desk.home.folder, id), sha256: file.sha256 },
    steps,
    checkpointRows: Number.POSITIVE_INFINITY,
    resumes: false,
  }
}

import type { Handlers } from '../../contract/call.ts'
import type { BATCH_CALLS } from '../../contract/engine/batch.ts'
import type { BATCH_EFFECT_CALLS } from '../../contract/engine/batchEffect.ts'
import type { FIX_CALLS } from '../../contract/engine/fix.ts'
import type { IMPORT_QUEUE_CALLS } from '../../contract/engine/importQueue.ts'
import { trouble } from '../../domain/problem.ts'
import { asProblem } from '../sheetProblem.ts'
import type { Desk } from '../sync/desk.ts'
import { commitBatch } from './commit/commitBatch.ts'
import { effectCalls } from './effect/effectCalls.ts'
import { exportRejects } from './exportRejects.ts'
import { fixCalls } from './fix/fixCalls.ts'
import { inspectFile } from './inspect/inspectFile.ts'
import { profilesOf } from './profiles.ts'
import { batchesBefore, batchOrTrouble, knownBatch } from './queries.ts'
import { filesOfQueue } from './queue/importQueue.ts'
import { queueCalls } from './queue/queueCalls.ts'
import { answerSent, asBatch, waitingBatches } from './sentBatches.ts'
import { Imports } from './stageBatch.ts'
import {
  removeFiles,
  removeStagedRow,
  removeUnfinished,
  stagedOrTrouble,
  stagedRow,
  stagedRows,
} from './stagedBatches.ts'
import { stagedMoves, stagedProblems } from './stagedReading.ts'
import { Turns } from './thread/turns.ts'
import { undoBatch, undoEffect } from './undo.ts'

/** Calls about imports and batches; the second signature of a batch is with the other signatures. Removes what a killed import left. */
export function batchCalls(
  desk: Desk,
): Omit<Handlers<typeof BATCH_CALLS>, 'sign'> &
  Handlers<typeof FIX_CALLS & typeof IMPORT_QUEUE_CALLS & typeof BATCH_EFFECT_CALLS> {
  removeUnfinished(desk, filesOfQueue(desk))
  const { home } = desk
  const imports = new Imports(desk)
  return {
    ...fixCalls(desk, new Turns()),
    ...queueCalls(desk, imports),
    ...effectCalls(desk),
    'inspect-file': async (input) => {
      const path = desk.grants.path(input.token)
      const { sheet, headerRow } = input
      const choice = { kind: input.kind ?? null, sheet, headerRow, profiles: profilesOf(home.desk.read, null) }
      try {
        const { password, encoding, delimiter } = input
        return await inspectFile({ path, password, encoding, delimiter }, choice)
      } catch (error) {
        throw asProblem(error)
      }
    },
    'stage-batch': (input) => imports.stage(input),
    'staged-batches': () => {
      answerSent(desk)
      return stagedRows(home.desk.read)
        .filter((row) => row.state !== 'done')
        .map((row) => row.doc.staged)
    },
    'staged-problems': (input) => stagedProblems(desk, input),
    'staged-moves': (input) => stagedMoves(desk, input),
    'export-rejects': ({ batch, target }) => exportRejects(desk, batch, target),
    'commit-batch': (input) => commitBatch(desk, input),
    'discard-batch': ({ batch }) => {
      const row = stagedOrTrouble(desk, batch)
      if (row.state === 'sent') throw trouble('batch-not-staged', { batch, state: row.state })
      home.desk.write((tx) => removeStagedRow(tx, batch))
      removeFiles(home.folder, batch)
      desk.changed('batch')
      return {}
    },
    batches: ({ before, limit }) => {
      answerSent(desk)
      const known = batchesBefore(home.cache.read, before, limit)
      if (before !== null) return known
      return [...waitingBatches(desk), ...known].slice(0, limit)
    },
    batch: ({ batch }) => {
      answerSent(desk)
      const sent = stagedRow(home.desk.read, batch)
      if (knownBatch(home.cache.read, batch) === undefined && sent?.state === 'sent') return asBatch(sent)
      return batchOrTrouble(home.cache.read, batch)
    },
    'undo-effect': ({ batch }) => undoEffect(desk, batch),
    'undo-batch': ({ batch, reason }) => undoBatch(desk, batch, reason),
  }
}

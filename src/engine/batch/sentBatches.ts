import type { Batch } from '../../contract/engine/batch.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import type { Desk } from '../sync/desk.ts'
import { knownBatch } from './queries.ts'
import { markState, type StagedRow, stagedRows, updateStaged } from './stagedBatches.ts'

interface Answer {
  readonly state: string
  readonly result: string | null
}

/** Notes for batches that were committed while the registry was away what it has said of them since. */
export function answerSent(desk: Desk): void {
  const { read } = desk.home.desk
  for (const row of stagedRows(read)) {
    if (row.state !== 'sent' || row.command === null) continue
    const answer = read.query<Answer>('SELECT state, result FROM outbox WHERE id = ?').get(row.command)
    // commands answered long ago are forgotten; what became of the batch is then in the mirror
    if (answer && answer.state !== 'done' && answer.state !== 'refused') continue
    const { staged } = row.doc
    desk.home.desk.write((tx) => {
      if (answer?.state === 'refused') {
        updateStaged(tx, row.id, { ...row.doc, staged: { ...staged, state: 'refused' } })
        markState(tx, row.id, 'staged')
        return
      }
      const result = COMMAND_RESULTS['commit-batch'].safeParse(JSON.parse(answer?.result ?? 'null'))
      if (result.success) {
        const { batch, state, effect } = result.data
        updateStaged(tx, row.id, { ...row.doc, staged: { ...staged, state, effect }, became: { batch, state } })
      }
      markState(tx, row.id, 'done')
    })
  }
}

/** Batches on their way, which the mirror does not know yet, as the list of batches shows them. */
export const waitingBatches = (desk: Desk): Batch[] =>
  stagedRows(desk.home.desk.read)
    .filter((row) => row.state === 'sent' && knownBatch(desk.home.cache.read, row.id) === undefined)
    .map(asBatch)

export const asBatch = ({ id, at, doc }: StagedRow): Batch => ({
  batch: id,
  no: null,
  kind: doc.staged.kind,
  source: doc.staged.source,
  state: 'queued',
  letter: doc.letter,
  letterDate: doc.letterDate,
  steps: doc.steps,
  file: doc.staged.file,
  counts: doc.staged.counts,
  effect: doc.staged.effect,
  by: doc.by,
  signedBy: [],
  seq: null,
  at,
  undo: null,
})

import type { FixPreview } from '../../../contract/engine/fix.ts'
import { rowFix } from '../../../domain/fix/applySteps.ts'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import { openChosen } from '../inspect/inspectFile.ts'
import type { StageTask } from '../stage/task.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import { BatchRow, Fixing } from './fixedRows.ts'

export interface PreviewTask extends Pick<StageTask, 'file' | 'keep' | 'keyHex' | 'steps'> {
  readonly step: FixStep
  readonly sheet: string
  readonly headerEnd: number
  readonly headers: readonly string[]
  readonly mapping: Parameters<typeof rowFix>[1]
}

const SAMPLES = 60

/** Runs one step over the file as the steps before it leave it, and says what it would change; nothing is written. */
export async function previewStep(task: PreviewTask, { checkStop, tell }: ThreadTools): Promise<FixPreview> {
  const started = performance.now()
  const kept = { path: task.keep.path, keyHex: task.keyHex, name: task.file.path }
  const book = await openChosen({ ...task.file, kept })
  const samples: FixPreview['samples'] = []
  let cells = 0
  let rows = 0
  try {
    const before = new Fixing(task.steps, task.mapping)
    const { fix } = rowFix(task.step, task.mapping)
    for await (const batch of book.rows(task.sheet)) {
      checkStop()
      tell(batch.bytesRead / Math.max(1, batch.bytesTotal))
      const row = new BatchRow(before.rows(batch, task.headerEnd))
      for (let i = 0; i < batch.count; i++) {
        const number = batch.rowNumber(i)
        if (number <= task.headerEnd) continue
        const changed = fix(row.moveTo(i))
        if (changed.size === 0) continue
        rows++
        cells += changed.size
        if (samples.length >= SAMPLES) continue
        for (const [column, after] of changed)
          samples.push({ row: number, column, header: task.headers[column] ?? '', before: row.cell(column), after })
      }
    }
  } finally {
    await book.close()
  }
  return { cells, rows, samples, seconds: (performance.now() - started) / 1000 }
}

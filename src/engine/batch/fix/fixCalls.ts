import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Handlers } from '../../../contract/call.ts'
import type { FIX_CALLS, FixPreview } from '../../../contract/engine/fix.ts'
import { MOST_CELLS, MOST_STEPS } from '../../../domain/fix/fixStep.ts'
import { trouble } from '../../../domain/problem.ts'
import type { Desk } from '../../sync/desk.ts'
import { reading } from '../stagedReading.ts'
import { runThread } from '../thread/runThread.ts'
import type { Turns } from '../thread/turns.ts'
import { fixGroups } from './fixGroups.ts'
import { fixRows } from './fixRows.ts'
import type { PreviewTask } from './previewStep.ts'
import { correctable, restage, restageTask } from './restage.ts'
import { spellings } from './spellings.ts'

/** Calls about correcting a staged file. */
export function fixCalls(desk: Desk, turns: Turns): Handlers<typeof FIX_CALLS> {
  return {
    'fix-groups': ({ batch }) => reading(desk, batch, (staged, { doc }) => ({ groups: fixGroups(staged, doc) })),
    'fix-rows': (input) => reading(desk, input.batch, (staged, { doc }) => fixRows(staged, doc, input)),
    'fix-clusters': ({ batch }) =>
      reading(desk, batch, (staged, { doc }) => ({
        fields: spellings(staged, doc).map(({ field, clusters }) => ({
          field,
          clusters: clusters.map(({ to, spellings: all }) => ({ to, spellings: [...all] })),
        })),
      })),
    'fix-preview': ({ batch, step, job }) => {
      const row = correctable(desk, batch)
      const { layout, file } = row.doc
      const { keep, keyHex, steps, file: chosen } = restageTask(desk, row, row.doc.steps, '')
      const { sheet, headerEnd, headers, mapping } = layout
      const task: PreviewTask = { file: chosen, keep, keyHex, steps, step, sheet, headerEnd, headers, mapping }
      const bytes = statSync(keep.path, { throwIfNoEntry: false })?.size ?? 0
      return desk.jobs.run({ id: job, kind: 'fix', subject: file.name, unit: 'bytes' }, ({ signal, progress }) =>
        runThread<FixPreview>(
          (stop) => new Worker(new URL('./preview.worker.ts', import.meta.url), { workerData: { task, stop } }),
          signal,
          (done) => progress(Math.round(done * bytes), bytes),
        ),
      )
    },
    'fix-apply': ({ batch, steps, job }) => {
      const row = correctable(desk, batch)
      const known = new Set(row.doc.steps.map(({ id }) => id))
      const fresh = steps.filter(({ id }) => !known.has(id))
      if (fresh.length === 0) return row.doc.staged
      const all = [...row.doc.steps, ...fresh]
      const cells = all.reduce((n, step) => n + (step.kind === 'edit' ? step.cells.length : 0), 0)
      if (all.length > MOST_STEPS || cells > MOST_CELLS)
        throw trouble('too-many-edits', { steps: all.length, cells, most: MOST_CELLS })
      return restage(desk, turns, row, all, job)
    },
    'fix-undo': ({ batch, step, andLater, job }) => {
      const row = correctable(desk, batch)
      const { steps } = row.doc
      const at = steps.findIndex(({ id }) => id === step)
      if (at < 0) throw trouble('step-unknown', { batch, step })
      const left = andLater ? steps.slice(0, at) : steps.toSpliced(at, 1)
      return restage(desk, turns, row, left, job)
    },
  }
}

import type { Handlers } from '../../../contract/call.ts'
import type { IMPORT_QUEUE_CALLS, QueuedImport } from '../../../contract/engine/importQueue.ts'
import { may } from '../../../domain/officer.ts'
import { ProblemError, trouble } from '../../../domain/problem.ts'
import type { Desk } from '../../sync/desk.ts'
import type { Imports } from '../stageBatch.ts'
import { removeFiles } from '../stagedBatches.ts'
import { type QueueEntry, queuedImports, removeQueued } from './importQueue.ts'

/** Calls about the imports that wait, run or were interrupted. */
export function queueCalls(desk: Desk, imports: Imports): Handlers<typeof IMPORT_QUEUE_CALLS> {
  const entry = (batch: string): QueueEntry => {
    const found = queuedImports(desk.home.desk.read).find(({ id }) => id === batch)
    if (!found) throw trouble('batch-unknown', { batch })
    return found
  }
  return {
    'import-queue': () => {
      const states = new Map(desk.jobs.list().map(({ id, state }) => [id, state]))
      return queuedImports(desk.home.desk.read).map(({ id, at, by, task }): QueuedImport => {
        const job = imports.jobOf(id)
        const state = job === null ? undefined : states.get(job)
        return {
          batch: id,
          job,
          file: task.file.path.split(/[\\/]/).at(-1) ?? '',
          kind: task.kind,
          source: task.source,
          by,
          at,
          state: state === 'queued' || state === 'running' || state === 'paused' ? state : 'interrupted',
        }
      })
    },
    'resume-import': ({ batch, job }) => {
      const role = may(desk.session.officer(), 'import')
      if (!role.ok) throw new ProblemError(role.problem)
      const waiting = entry(batch)
      if (imports.jobOf(batch) !== null) throw trouble('batch-not-staged', { batch, state: 'running' })
      return imports.run({ ...waiting, task: { ...waiting.task, resumes: true } }, job)
    },
    'drop-import': async ({ batch }) => {
      const { id } = entry(batch)
      const job = imports.jobOf(id)
      if (job !== null) {
        desk.jobs.cancel(job)
        await imports.ended(id)
        return {}
      }
      desk.home.desk.write((tx) => removeQueued(tx, id))
      removeFiles(desk.home.folder, id)
      desk.changed('batch')
      return {}
    },
  }
}

import { randomUUID } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { asProblem } from '../sheetProblem.ts'
import type { Desk } from '../sync/desk.ts'
import { listsAtCursor } from '../sync/listsAtCursor.ts'
import { writeBlackList } from './operatorFile.ts'

/** Handlers of the operators' files. Grey and exception lists and changes since a sequence number are of a later version. */
export function exportCalls(desk: Desk): Pick<Handlers<EngineContract>, 'operator-file'> {
  return {
    'operator-file': ({ job, operator, list, since, target }) => {
      const role = may(desk.session.officer(), 'operator-file')
      if (!role.ok) throw new ProblemError(role.problem)
      if (list !== 'black') throw trouble('not-available', { command: `operator-file --list ${list}` })
      if (since !== null) throw trouble('not-available', { command: 'operator-file --since' })
      const folder = desk.grants.path(target)
      const what = { id: job ?? randomUUID(), kind: 'export', subject: operator, unit: 'imeis' } as const
      return desk.jobs.run(what, async (running) => {
        await listsAtCursor(desk.home.cache, running.signal)
        const cache = desk.home.cache.openReader()
        try {
          const manifest = await writeBlackList(cache, operator, folder, desk.now(), running)
          const { list: listed, kind, base, seq, rows, files } = manifest
          return { operator, list: listed, kind, base, seq, rows, files: [...files] }
        } catch (error) {
          throw asProblem(error)
        } finally {
          cache.close()
        }
      })
    },
  }
}

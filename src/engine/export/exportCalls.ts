import { randomUUID } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { cursorOf } from '../db/mirror.ts'
import { asProblem } from '../sheetProblem.ts'
import type { Desk } from '../sync/desk.ts'
import { templateOf } from '../sync/listQueries.ts'
import { listsAtCursor } from '../sync/listsAtCursor.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { type Manifest, type Signature, writeOperatorFile } from './operatorFile.ts'

/** Handler of the operators' files. */
export function exportCalls(desk: Desk): Pick<Handlers<EngineContract>, 'operator-file'> {
  return {
    'operator-file': ({ job, operator, list, since, target }) => {
      const role = may(desk.session.officer(), 'operator-file')
      if (!role.ok) throw new ProblemError(role.problem)
      const folder = desk.grants.path(target)
      const { seq } = cursorOf(desk.home.cache.read)
      if (since !== null && since > seq) throw trouble('seq-unknown', { seq: since, head: seq })
      const what = { id: job ?? randomUUID(), kind: 'export', subject: operator, unit: 'imeis' } as const
      return desk.jobs.run(what, async (running) => {
        await listsAtCursor(desk.home.cache, running.signal)
        // of one moment, so that number, list and counts agree; each page is read once and not kept
        const cache = desk.home.cache.openSnapshot()
        try {
          const { template } = templateOf(cache, operator)
          const order = { operator, list, base: since, template, folder, created: desk.now() }
          const { manifest, ...rest } = await writeOperatorFile(cache, order, running, (made, sha256) =>
            issued(desk, made, sha256),
          )
          const { format: _, created: __, ...file } = manifest
          return { ...file, files: [...file.files], ...rest }
        } catch (error) {
          throw asProblem(error)
        } finally {
          cache.close()
        }
      })
    },
  }
}

/** Has a file noted at the registry, so that its receipt can be told from others, and its manifest signed. */
async function issued(desk: Desk, manifest: Manifest, sha256: string): Promise<Signature> {
  const { operator, list, kind, base, seq, rows, blocked, unblocked, changed, files } = manifest
  const file = uuid7(desk.now())
  const body = {
    ...{ file, operator, list, kind, base, seq, rows, blocked, unblocked, changed },
    name: (files[0]?.name ?? '').replace(/\.csv$/, ''),
    sha256: files[0]?.sha256 ?? '',
    manifest: sha256,
  }
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'issue-operator-file', subject: file, body }),
  )
  const settled = await desk.commands.settle(command)
  desk.changed('operator')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'queued') return null
  const { key, signature } = COMMAND_RESULTS['issue-operator-file'].parse(settled.result)
  return { key, value: signature }
}

import type { Handlers } from '../../contract/call.ts'
import { type ReportQueryDoc, zReportQuery } from '../../contract/engine/report.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import type { Desk } from '../sync/desk.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { dropSavedReport, putSavedReport, type SavedRow, savedReports, sharedReports } from './savedQueries.ts'

/** Reports an officer keeps on this desk, and those that officers share with all desks. */
export function savedReportCalls(
  desk: Desk,
): Pick<Handlers<EngineContract>, 'saved-reports' | 'save-report' | 'drop-report'> {
  const { cache, desk: own } = desk.home
  return {
    'saved-reports': () => {
      const officer = desk.session.officer().id
      const shared = sharedReports(cache.read).map((row) => ({ ...row, query: queryOf(row), shared: true }))
      const kept = savedReports(own.read, officer).map((row) => ({ ...row, query: queryOf(row), shared: false }))
      return [...shared, ...kept]
    },
    'save-report': async ({ id: known, name, query, shared }) => {
      const officer = desk.session.officer().id
      const id = known ?? uuid7(desk.now())
      if (!shared) {
        own.write((tx) => putSavedReport(tx, { id, name, query: JSON.stringify(query), by: officer, at: desk.now() }))
        desk.changed('settings')
        return { id, state: 'saved' }
      }
      const command = own.write((tx) => {
        // shared, it comes back with the feed
        dropSavedReport(tx, id, officer)
        return desk.commands.enqueue(tx, { kind: 'share-report', subject: id, body: { id, name, query } })
      })
      const settled = await desk.commands.settle(command)
      if (settled.state === 'refused') throw new ProblemError(settled.problem)
      desk.changed('settings')
      return { id, state: settled.state === 'done' ? 'shared' : 'queued' }
    },
    'drop-report': async ({ id }) => {
      const officer = desk.session.officer().id
      if (own.write((tx) => dropSavedReport(tx, id, officer)) > 0) {
        desk.changed('settings')
        return { state: 'dropped' }
      }
      if (!sharedReports(cache.read).some((row) => row.id === id)) throw trouble('report-unknown', { report: id })
      const command = own.write((tx) =>
        desk.commands.enqueue(tx, { kind: 'unshare-report', subject: id, body: { id } }),
      )
      const settled = await desk.commands.settle(command)
      if (settled.state === 'refused') throw new ProblemError(settled.problem)
      desk.changed('settings')
      return { state: settled.state === 'done' ? 'dropped' : 'queued' }
    },
  }
}

const queryOf = (row: SavedRow): ReportQueryDoc => zReportQuery.parse(JSON.parse(row.query))

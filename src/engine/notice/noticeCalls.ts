import { randomUUID } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { NOTICE_CALLS } from '../../contract/engine/notices.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { asProblem } from '../sheetProblem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { countDue, dueNotices } from './dueNotices.ts'
import { issueNotices } from './issueNotices.ts'
import { noticeIssues } from './queries.ts'
import { recordDelivery } from './recordDelivery.ts'

/** Warnings to holders of grey devices: what is due, lists for operators, what arrived. */
export function noticeCalls(desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof NOTICE_CALLS> {
  const cache = desk.home.cache.read
  const job = (id: string | undefined, subject: string) =>
    ({ id: id ?? randomUUID(), kind: 'notices', subject, unit: 'imeis' }) as const
  return {
    'notice-issues': () => noticeIssues(cache),
    'notices-due': ({ where }) => countDue(desk, where),
    'notices-due-page': (asked) => dueNotices(desk, asked),
    'issue-notices': ({ job: id, operator, where, target }) => {
      const folder = desk.grants.path(target)
      return desk.jobs.run(job(id, operator), (running) =>
        issueNotices(desk, { operator, where, folder }, running).catch((error: unknown) => {
          throw asProblem(error)
        }),
      )
    },
    'record-delivery': ({ job: id, issue, source }) => {
      const path = desk.grants.path(source)
      return desk.jobs.run(job(id, issue), (running) => recordDelivery(desk, issue, path, running))
    },
  }
}

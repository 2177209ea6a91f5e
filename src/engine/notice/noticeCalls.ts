import { randomUUID } from 'node:crypto'
import type { Handlers } from '../../contract/call.ts'
import type { NOTICE_CALLS } from '../../contract/engine/notices.ts'
import type { EngineContract } from '../../contract/engine.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { noticeDue } from '../../domain/notice.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import { asProblem } from '../sheetProblem.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { issueNotices } from './issueNotices.ts'
import { greyWithNotices, noticeIssues } from './queries.ts'
import { recordDelivery } from './recordDelivery.ts'

const BLOCK = 5000

/** Warnings to holders of grey devices: what is due, lists for operators, what arrived. */
export function noticeCalls(desk: DeskCore): Pick<Handlers<EngineContract>, keyof typeof NOTICE_CALLS> {
  const cache = desk.home.cache.read
  const job = (id: string | undefined, subject: string) =>
    ({ id: id ?? randomUUID(), kind: 'notices', subject, unit: 'imeis' }) as const
  return {
    'notice-issues': () => noticeIssues(cache),
    'notices-due': async () => {
      const policy = policyAt(cache, cursorOf(cache).seq)
      const today = businessDate(desk.now())
      const due = { first: 0, reminder: 0, last: 0, overdue: 0 }
      for (let after = -1; ; ) {
        const page = greyWithNotices(cache, after, BLOCK)
        for (const { deadline, given } of page) {
          const stage = noticeDue(deadline, new Set(given), today, policy)
          if (stage) due[stage]++
          if (deadline < today) due.overdue++
        }
        const end = page.at(-1)
        if (!end || page.length < BLOCK) return due
        after = end.imei14
        await new Promise(setImmediate)
      }
    },
    'issue-notices': ({ job: id, operator, target }) => {
      const folder = desk.grants.path(target)
      return desk.jobs.run(job(id, operator), (running) =>
        issueNotices(desk, operator, folder, running).catch((error: unknown) => {
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

import { NAMED_IN_NOTICES } from '../../contract/registry/notices.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import { type NoticeStage, noticeDue } from '../../domain/notice.ts'
import { may } from '../../domain/officer.ts'
import { done, refused } from '../../domain/problem.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import { matcherOf } from '../db/listing/matching.ts'
import { addIssue, candidatesAfter, issueById, nextIssueNo, setDelivery } from '../db/notice/queries.ts'
import type { Handler } from './act.ts'

const PAGE = 20_000

/** Issues the warnings due today to subscribers of an operator, with `where` only of those it lets through: each stage of an IMEI once. */
export const issueNotices: Handler<'issue-notices'> = async (act, { issue, operator, where }) => {
  const { tx, actor } = act
  const role = may(actor.officer, 'operator-file')
  if (!role.ok) return role
  act.about(issue)
  await holdFacts(tx)
  if (await issueById(tx, issue)) return refused('command-changed', { command: actor.command })
  const policy = await currentPolicy(tx)
  const day = businessDate(actor.now)
  const matching = where ? await matcherOf(tx, where, policy) : null
  const due: { imei14: Imei14; stage: NoticeStage; deadline: IsoDate }[] = []
  for (let after = 0; ; ) {
    const page = await candidatesAfter(tx, operator, after, PAGE)
    const wanted: typeof due = []
    for (const { imei14, deadline, given } of page) {
      const stage = noticeDue(deadline, new Set(given), day, policy)
      if (stage) wanted.push({ imei14, stage, deadline })
    }
    const asked = matching && new Set(await matching(wanted.map(({ imei14 }) => imei14)))
    for (const one of wanted) if (!asked || asked.has(one.imei14)) due.push(one)
    const end = page.at(-1)
    if (!end || page.length < PAGE) break
    after = end.imei14
  }
  const no = await nextIssueNo(tx)
  const by = actor.officer.id
  const count = (stage: NoticeStage): number => due.filter((d) => d.stage === stage).length
  const answer = { issue, no, operator, day, first: count('first'), reminder: count('reminder'), last: count('last') }
  const asking = where ? { where } : {}
  if (due.length === 0) return done({ ...answer, no: 0, rows: 0 })
  await addIssue(tx, { no, id: issue, operator, day, by, at: actor.now }, due)
  for (let from = 0, part = 1; from < due.length; from += NAMED_IN_NOTICES, part++) {
    const imeis: Record<NoticeStage, Imei14[]> = { first: [], reminder: [], last: [] }
    for (const { imei14, stage } of due.slice(from, from + NAMED_IN_NOTICES)) imeis[stage].push(imei14)
    act.event('notices-issued', { ...answer, ...asking, part, imeis, at: actor.now, by, command: actor.command })
  }
  return done({ ...answer, rows: due.length })
}

/** Notes which warnings arrived. */
export const recordDelivery: Handler<'record-delivery'> = async (act, { issue, delivered, failed }) => {
  const { tx, actor } = act
  const role = may(actor.officer, 'receipt')
  if (!role.ok) return role
  act.about(issue)
  await holdFacts(tx)
  const found = await issueById(tx, issue)
  if (!found) return refused('notice-unknown', { issue })
  const arrived = await setDelivery(tx, found.no, delivered, 'delivered')
  const lost = await setDelivery(tx, found.no, failed, 'failed')
  const by = actor.officer.id
  act.event('notices-delivered', { issue, no: found.no, delivered, failed, by, command: actor.command })
  const strange = delivered.length + failed.length - arrived - lost
  return done({ issue, delivered: arrived, failed: lost, strange })
}

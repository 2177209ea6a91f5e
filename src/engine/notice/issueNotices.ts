import { join } from 'node:path'
import type { z } from 'zod'
import type { NOTICE_CALLS } from '../../contract/engine/notices.ts'
import type { zWarned } from '../../contract/registry/notices.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { businessDate } from '../../domain/businessDate.ts'
import type { Operator } from '../../domain/fact.ts'
import { imei15Text } from '../../domain/imei.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { writeCsv } from '../../sheet/write/writeCsv.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { noticeText } from './noticeText.ts'

type Issued = z.input<(typeof NOTICE_CALLS)['issue-notices']['output']>
const PAGE = 10_000
const HEADER = ['notice', 'imei', 'msisdn', 'stage', 'deadline', 'text_kk', 'text_ru']

/** Whose subscribers are warned, only of whom a filter lets through, and where the list goes. */
interface NoticeOrder {
  readonly operator: Operator
  readonly where: z.output<typeof zWarned> | null
  readonly folder: string
}

/**
 * Has the registry issue the warnings due to an operator's subscribers, and writes them for him: the numbers are at the registry only and go
 * from there straight into the file. Throws `needs-registry` without one.
 */
export async function issueNotices(
  desk: DeskCore,
  { operator, where, folder }: NoticeOrder,
  job: RunningJob,
): Promise<Issued> {
  const role = may(desk.session.officer(), 'operator-file')
  if (!role.ok) throw new ProblemError(role.problem)
  const { client } = desk.link
  if (!client) throw trouble('needs-registry', {})
  // one that does not know the filter would warn everybody
  if (where) await client.mustBeAble('warn-matching')
  const issue = uuid7(desk.now())
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, {
      kind: 'issue-notices',
      subject: issue,
      body: { issue, operator, ...(where ? { where } : {}) },
    }),
  )
  const settled = await desk.commands.settle(command)
  desk.changed('operator')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'queued') throw trouble('needs-registry', {})
  const done = COMMAND_RESULTS['issue-notices'].parse(settled.result)
  const counts = {
    no: done.no,
    operator,
    day: businessDate(desk.now()),
    first: done.first,
    reminder: done.reminder,
    last: done.last,
  }
  if (done.rows === 0) return { issue: null, ...counts, rows: 0, file: null }
  const name = `${operator}-notices-${String(done.no).padStart(6, '0')}.csv`
  let written = 0
  async function* rows(): AsyncGenerator<readonly string[]> {
    for (let after = 0; ; ) {
      const page = (await client?.notices(issue, after, PAGE)) ?? []
      for (const { imei14, stage, deadline, msisdn } of page) {
        const imei = imei15Text(Number(imei14))
        const texts = [noticeText(stage, imei, deadline, 'kk'), noticeText(stage, imei, deadline, 'ru')]
        yield [String(done.no), imei, msisdn, stage, deadline, ...texts]
      }
      written += page.length
      job.progress(written, done.rows)
      const end = page.at(-1)
      if (!end || page.length < PAGE) return
      after = Number(end.imei14)
    }
  }
  const file = await writeCsv(join(folder, name), { header: HEADER, rows: rows(), bom: true, signal: job.signal })
  return { issue, ...counts, rows: file.rows, file: { name, sha256: file.sha256 } }
}

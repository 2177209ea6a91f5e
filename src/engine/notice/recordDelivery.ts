import { NAMED_IN_NOTICES } from '../../contract/registry/notices.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import type { Desk } from '../sync/desk.ts'
import type { RunningJob } from '../sync/jobs.ts'
import { readReceipt } from '../sync/readReceipt.ts'
import { issueOrTrouble } from './queries.ts'

/** Reads what an operator says became of a list of warnings, and has the registry note it. */
export async function recordDelivery(
  desk: Desk,
  name: string,
  path: string,
  job: RunningJob,
): Promise<{ no: number; delivered: number; failed: number; strange: number }> {
  const role = may(desk.session.officer(), 'receipt')
  if (!role.ok) throw new ProblemError(role.problem)
  const { no, issue, operator } = issueOrTrouble(desk.home.cache.read, name)
  const read = await readReceipt(path, job.signal)
  if (read.operator !== operator)
    throw trouble('receipt-other-operator', { operator: read.operator, file: String(no), owner: operator })
  if (read.file !== String(no)) throw trouble('notice-unknown', { issue: read.file })
  const total = { no, delivered: 0, failed: 0, strange: 0 }
  for (let from = 0; from < read.lines.length; from += NAMED_IN_NOTICES) {
    const lines = read.lines.slice(from, from + NAMED_IN_NOTICES)
    const imeis = (applied: boolean) => [...new Set(lines.filter((l) => l.applied === applied).map((l) => l.imei14))]
    const body = { issue, delivered: imeis(true), failed: imeis(false) }
    const command = desk.home.desk.write((tx) =>
      desk.commands.enqueue(tx, { kind: 'record-delivery', subject: issue, body }),
    )
    const settled = await desk.commands.settle(command)
    if (settled.state === 'refused') throw new ProblemError(settled.problem)
    if (settled.state === 'queued') continue
    const part = COMMAND_RESULTS['record-delivery'].parse(settled.result)
    total.delivered += part.delivered
    total.failed += part.failed
    total.strange += part.strange
    job.progress(from + lines.length, read.lines.length)
  }
  desk.changed('operator')
  return total
}

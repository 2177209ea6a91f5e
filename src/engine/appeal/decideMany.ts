import type { z } from 'zod'
import type { APPEAL_CALLS } from '../../contract/engine/appeal.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { bulkCapOf } from '../../domain/appealRules.ts'
import { may } from '../../domain/officer.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { cursorOf, policyAt } from '../db/mirror.ts'
import type { Desk } from '../sync/desk.ts'

type Ask = z.output<(typeof APPEAL_CALLS)['decide-many']['input']>
type Answer = z.input<(typeof APPEAL_CALLS)['decide-many']['output']>

/** Orders one decision over the appeals of a list; the registry decides each of them by itself and names those it left. */
export async function decideMany(desk: Desk, ask: Ask): Promise<Answer> {
  const officer = desk.session.officer()
  const role = may(officer, 'decide')
  if (!role.ok) throw new ProblemError(role.problem)
  const cache = desk.home.cache.read
  const cap = bulkCapOf(policyAt(cache, cursorOf(cache).seq), officer.role)
  if (ask.appeals.length > cap) throw trouble('bulk-too-many', { count: ask.appeals.length, cap })
  const { verdict, reasons, note, internal } = ask
  const appeals = ask.appeals.map(({ id, version }) => ({ appeal: id, version }))
  const body = { appeals, verdict, reasons, note, internal }
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'decide-many', subject: `${appeals.length}`, body }),
  )
  const settled = await desk.commands.settle(command)
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'queued') return { done: [], refused: [], pending: true }
  const result = COMMAND_RESULTS['decide-many'].parse(settled.result)
  return { done: result.done.map((d) => d.appeal), refused: result.refused, pending: false }
}

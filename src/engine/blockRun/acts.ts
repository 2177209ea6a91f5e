import type { RunDone } from '../../contract/engine/blockRun.ts'
import type { RunPartAsked } from '../../contract/registry/runPart.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { declineRun, proposeRun, signRun } from '../../domain/blockRun.ts'
import type { IsoDate } from '../../domain/fact.ts'
import { ProblemError } from '../../domain/problem.ts'
import type { Desk } from '../sync/desk.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { asOfNow, lastOverdue, previewRun } from './judgeRun.ts'
import { runOrTrouble } from './queries.ts'

/** Proposes to block what is overdue up to a day (null: everything overdue), or a part of it. The registry gathers the IMEIs. */
export async function proposeBlockRun(desk: Desk, upTo: IsoDate | null, part: RunPartAsked): Promise<RunDone> {
  const first = proposeRun(desk.session.officer())
  if (!first.ok) throw new ProblemError(first.problem)
  const until = upTo ?? lastOverdue(desk)
  const run = uuid7(desk.now())
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'propose-blockrun', subject: run, body: { run, until, part } }),
  )
  const settled = await desk.commands.settle(command)
  desk.changed('blockrun')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'done') return COMMAND_RESULTS['propose-blockrun'].parse(settled.result)
  const { toBlack, held, conflicts, cap } = await previewRun(desk, until, part)
  return { run, toBlack, held, conflicts, cap, state: 'queued', signatures: [...first.value] }
}

/** Signs a run as this desk knows it, or ends it. Role and own act are checked here first, the registry decides. */
export async function signBlockRun(desk: Desk, name: string, agrees: boolean, note: string): Promise<RunDone> {
  const run = runOrTrouble(desk.home.cache.read, name)
  const officer = desk.session.officer()
  const allowed = agrees ? signRun(run, officer) : declineRun(run, officer)
  if (!allowed.ok) throw new ProblemError(allowed.problem)
  const body = { run: run.id, manifest: run.manifest, agrees, note }
  const command = desk.home.desk.write((tx) =>
    desk.commands.enqueue(tx, { kind: 'sign-blockrun', subject: run.id, body }),
  )
  const settled = await desk.commands.settle(command)
  desk.changed('blockrun')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  if (settled.state === 'done') return COMMAND_RESULTS['sign-blockrun'].parse(settled.result)
  const { toBlack, held, conflicts, cap, signatures } = await asOfNow(desk, run)
  return { run: run.id, toBlack, held, conflicts, cap, state: 'queued', signatures: [...signatures] }
}

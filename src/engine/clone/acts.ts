import type { z } from 'zod'
import type { CLONE_CALLS } from '../../contract/engine/clones.ts'
import { COMMAND_RESULTS } from '../../contract/registry.ts'
import { CLONE_ACTS, type CloneVerdict, decideCase } from '../../domain/cloneCase.ts'
import { parseImei } from '../../domain/imei.ts'
import { may } from '../../domain/officer.ts'
import { type Outcome, ProblemError, trouble } from '../../domain/problem.ts'
import { firstSignatures, nextSignatures } from '../../domain/twoSignatures.ts'
import type { NewCommand } from '../sync/desk.ts'
import type { DeskCore } from '../sync/deskCore.ts'
import { uuid7 } from '../sync/uuid7.ts'
import { caseOrTrouble } from './queries.ts'
import { rivalsOf } from './rivals.ts'

type Done = z.input<(typeof CLONE_CALLS)['sign-clone-case']['output']>

const orThrow = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new ProblemError(outcome.problem)
  return outcome.value
}

async function order(desk: DeskCore, command: NewCommand, queued: Done): Promise<Done> {
  const id = desk.home.desk.write((tx) => desk.commands.enqueue(tx, command))
  const settled = await desk.commands.settle(id)
  desk.changed('clone')
  if (settled.state === 'refused') throw new ProblemError(settled.problem)
  return settled.state === 'done' ? COMMAND_RESULTS['sign-clone-case'].parse(settled.result) : queued
}

/** An officer suspects a clone himself. */
export async function openCase(desk: DeskCore, imei: string, note: string): Promise<Done> {
  orThrow(may(desk.session.officer(), CLONE_ACTS.propose))
  const parsed = parseImei(imei)
  if (!parsed.ok) throw trouble('imei-unusable', { ...parsed.details, value: imei, fault: parsed.fault })
  const id = uuid7(desk.now())
  const body = { case: id, imei14: parsed.imei.imei14, note }
  const queued: Done = { case: id, no: 0, state: 'queued', signatures: [] }
  return order(desk, { kind: 'open-clone-case', subject: id, body }, queued)
}

/** A verdict; the genuine holder is one of the rivals the registry knows. */
export async function decideCloneCase(
  desk: DeskCore,
  name: string,
  verdict: CloneVerdict,
  imsi: string | null,
  note: string,
): Promise<Done> {
  orThrow(firstSignatures(desk.session.officer(), CLONE_ACTS))
  const found = caseOrTrouble(desk.home.cache.read, name)
  orThrow(decideCase({ ...found, imei: found.imei14 }, verdict, imsi !== null))
  const rival = imsi === null ? undefined : (await rivalsOf(desk, found.case)).find((r) => r.imsi === imsi)
  if (imsi !== null && !rival) throw trouble('clone-needs-holder', { imei: found.imei14 })
  const holder = rival ? { imsi: rival.imsi, msisdn: rival.msisdn, operator: rival.operator } : null
  const body = { case: found.case, verdict, holder, note }
  const queued: Done = { case: found.case, no: found.no, state: 'queued', signatures: found.signatures }
  return order(desk, { kind: 'decide-clone-case', subject: found.case, body }, queued)
}

/** A signature under a verdict, or its return. */
export async function signCloneCase(desk: DeskCore, name: string, agrees: boolean, note: string): Promise<Done> {
  const found = caseOrTrouble(desk.home.cache.read, name)
  const waiting = { ...found, id: found.case, by: found.by ?? '', waits: found.state === 'awaiting-signature' }
  orThrow(nextSignatures(waiting, desk.session.officer(), CLONE_ACTS))
  const body = { case: found.case, agrees, note }
  const queued: Done = { case: found.case, no: found.no, state: 'queued', signatures: found.signatures }
  return order(desk, { kind: 'sign-clone-case', subject: found.case, body }, queued)
}

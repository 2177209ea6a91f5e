import { createHash } from 'node:crypto'
import { runManifest } from '../../contract/fingerprint.ts'
import { NAMED_IN_RUN } from '../../contract/registry/blockRuns.ts'
import { noAmnesty, proposeRun, type RunRules } from '../../domain/blockRun.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { done, refused } from '../../domain/problem.ts'
import { batchForUpdate } from '../db/batch/queries.ts'
import { addRun, nextRunNumber, runForUpdate } from '../db/blockRun/queries.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import type { Handler } from './act.ts'
import { gatherRun } from './gatherRun.ts'

/** Gathers what is overdue up to a day and proposes to block it. Nothing is blocked before two approvers signed. */
export const proposeBlockRun: Handler<'propose-blockrun'> = async (act, { run: id, until, part }) => {
  const { tx, actor } = act
  const signatures = proposeRun(actor.officer)
  if (!signatures.ok) return signatures
  act.about(id)
  await holdFacts(tx)
  if ((await runForUpdate(tx, id)) || (await batchForUpdate(tx, id)))
    return refused('command-changed', { command: actor.command, id })

  const rules: RunRules = { policy: await currentPolicy(tx), today: businessDate(actor.now), until, part }
  const free = noAmnesty(rules)
  if (!free.ok) return free
  const { draft, beyondCap } = await gatherRun(tx, rules, part?.where)
  const { cap } = draft
  const counts = { toBlack: draft.block.length, held: draft.held.length, conflicts: draft.conflicts.length }
  if (counts.toBlack === 0) return done({ run: null, ...counts, cap, state: 'empty', signatures: [] })

  const imeis = draft.block.toSorted((a, b) => a - b)
  const run = {
    ...counts,
    no: await nextRunNumber(tx),
    id,
    until,
    day: rules.today,
    cap,
    policy: rules.policy.version,
    by: actor.officer.id,
    signatures: [...signatures.value],
    manifest: runManifest(createHash('sha256'), id, until, imeis),
  }
  const state = 'awaiting-signature' as const
  await addRun(tx, { ...run, state, proposedAt: actor.now }, imeis)
  act.event('blockrun-proposed', {
    ...run,
    beyondCap,
    ...(part && { part }),
    imeis,
    heldImeis: draft.held.slice(0, NAMED_IN_RUN),
    conflictImeis: draft.conflicts.slice(0, NAMED_IN_RUN),
    desk: actor.desk,
    command: actor.command,
  })
  return done({ run: id, ...counts, cap, state, signatures: run.signatures })
}

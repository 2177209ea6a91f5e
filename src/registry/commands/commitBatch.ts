import type { CommandBody } from '../../contract/registry.ts'
import { FACT_OF_BATCH, IMPORT_KINDS } from '../../domain/batch.ts'
import { noEffect } from '../../domain/effect.ts'
import { OPERATORS } from '../../domain/fact.ts'
import { may } from '../../domain/officer.ts'
import type { Policy } from '../../domain/policy.ts'
import { done, refused } from '../../domain/problem.ts'
import { batchForUpdate, batchOfContent } from '../db/batch/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import { contentOf } from '../segment/contentOf.ts'
import { readSegments } from '../segment/readSegments.ts'
import { commitNew, effectChanged, judgeBatch, mustBeSigned, proposeBatch } from './acceptBatch.ts'
import type { Act, Handler } from './act.ts'
import { observe, observesMore } from './observe.ts'

/** An import: its rows are read and checked again, its effect computed again; what the officer did not review is refused. */
export const commitBatch: Handler<'commit-batch'> = async (act, body) => {
  const { head, segments, effect, reviewed } = body
  const role = may(act.actor.officer, 'import')
  if (!role.ok) return role
  act.about(head.id)
  if (!(IMPORT_KINDS as readonly string[]).includes(head.kind)) return refused('batch-not-yours', { batch: head.id })
  const rows = await readSegments(act.blobs, segments, head)
  const damaged = (why: string) => refused('segment-damaged', { segment: segments[0]?.sha256 ?? '', why })
  if (FACT_OF_BATCH[head.kind] && head.counts.imeis !== rows.facts.length)
    return damaged(`${rows.facts.length} IMEIs came, ${head.counts.imeis} were announced`)
  if ((await contentOf(rows, head)) !== head.content) return damaged('its content is not what was announced')

  await holdFacts(act.tx)
  const same = await batchOfContent(act.tx, head.content)
  if (same && !(await isObservedAnew(act, body)))
    return done({ batch: same.id, state: 'same', effect: { ...noEffect(), unchanged: rows.facts.length } })
  if (await batchForUpdate(act.tx, head.id)) return refused('command-changed', { command: act.actor.command })
  const incoming = { head, segments, rows }
  const judged = await judgeBatch(act.tx, incoming)
  if (!judged.ok) return judged
  if (judged.value.reviewed !== reviewed) return effectChanged(judged.value.effect, effect)
  if (mustBeSigned(judged.value)) {
    await observed(act, await proposeBatch(act, incoming, judged.value), body, judged.value.policy)
    return done({ batch: head.id, state: 'awaiting-signature', effect: judged.value.effect })
  }
  const no = await commitNew(act, incoming, judged.value, { by: act.actor.officer.id, signedBy: [] })
  await observed(act, no, body, judged.value.policy)
  return done({ batch: head.id, state: 'committed', effect: judged.value.effect })
}

/** What an operator observed on the way; none for any other batch. */
function observedBy({ head, observations = [] }: CommandBody<'commit-batch'>) {
  const operator = OPERATORS.find((known) => known === head.source)
  return head.kind === 'operator' && operator && observations.length > 0 ? { operator, observations } : null
}

async function isObservedAnew(act: Act, body: CommandBody<'commit-batch'>): Promise<boolean> {
  const by = observedBy(body)
  return by !== null && observesMore(act, { id: body.head.id, operator: by.operator }, by.observations)
}

/** Raw observations that came with an operator's batch. */
async function observed(act: Act, no: number, body: CommandBody<'commit-batch'>, policy: Policy): Promise<void> {
  const by = observedBy(body)
  if (!by) return
  const { operator, observations } = by
  await observe(act, { no, id: body.head.id, operator }, observations, policy)
  act.afterwards(async () => {
    for (const { sha256 } of observations) await act.blobs.remove(sha256)
  })
}

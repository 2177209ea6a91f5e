import { createHash } from 'node:crypto'
import type { CommandResult } from '../../contract/registry.ts'
import { DEFAULT_SOURCE } from '../../domain/batch.ts'
import { businessDate } from '../../domain/businessDate.ts'
import { CLONE_ACTS, decideCase } from '../../domain/cloneCase.ts'
import { imei14Text } from '../../domain/imei.ts'
import { may } from '../../domain/officer.ts'
import { done, type Outcome, refused } from '../../domain/problem.ts'
import { firstSignatures, isWhollySigned, nextSignatures } from '../../domain/twoSignatures.ts'
import {
  addCase,
  caseForUpdate,
  nextCaseNo,
  type StoredCase,
  saveCase,
  setException,
  withOpenCase,
} from '../db/clone/queries.ts'
import { holdFacts } from '../db/fact/queries.ts'
import { holdersOf } from '../db/sighting/queries.ts'
import { factColumns } from '../segment/batchRows.ts'
import { contentOf } from '../segment/contentOf.ts'
import { writeSegments } from '../segment/writeSegments.ts'
import { commitNew, judgeBatch } from './acceptBatch.ts'
import type { Act, Handler } from './act.ts'
import { uuid7 } from './uuid7.ts'

const answerOf = (c: StoredCase): CommandResult<'sign-clone-case'> => ({
  case: c.id,
  no: c.no,
  state: c.state,
  signatures: [...c.signatures],
})

/** An officer suspects a clone himself; nothing moves by that. */
export const openCloneCase: Handler<'open-clone-case'> = async (act, { case: id, imei14, note }) => {
  const { tx, actor } = act
  const role = may(actor.officer, 'clone-propose')
  if (!role.ok) return role
  act.about(imei14Text(imei14))
  await holdFacts(tx)
  if (await caseForUpdate(tx, id)) return refused('command-changed', { command: actor.command })
  if ((await withOpenCase(tx, [imei14])).has(imei14))
    return refused('clone-closed', { case: imei14Text(imei14), state: 'open' })
  const no = await nextCaseNo(tx)
  const by = actor.officer.id
  await addCase(tx, { no, id, imei14, by, at: actor.now })
  const holders = new Set((await holdersOf(tx, imei14)).map((h) => h.imsi)).size
  const grounds = [{ kind: 'officer' as const, figure: holders, day: null }]
  act.event('clone-suspected', { case: id, no, imei14, grounds, holders, at: actor.now, by, note })
  return done({ case: id, no, state: 'open', signatures: [] })
}

/** A verdict: dismissed at once; a clone, or its end, waits for two approvers. */
export const decideCloneCase: Handler<'decide-clone-case'> = async (act, { case: id, verdict, holder, note }) => {
  const { tx, actor } = act
  const signatures = firstSignatures(actor.officer, CLONE_ACTS)
  if (!signatures.ok) return signatures
  await holdFacts(tx)
  const found = await caseForUpdate(tx, id)
  if (!found) return refused('clone-unknown', { case: id })
  const imei = imei14Text(found.imei14)
  act.about(imei)
  const state = decideCase({ ...found, imei }, verdict, holder !== null)
  if (!state.ok) return state
  const decided: StoredCase = {
    ...found,
    state: state.value,
    verdict,
    holder: verdict === 'clone' ? holder : found.holder,
    by: actor.officer.id,
    signatures: state.value === 'dismissed' ? [] : signatures.value,
  }
  await saveCase(tx, decided)
  tell(act, decided, note)
  return done(answerOf(decided))
}

/** A signature under a verdict. With the second, the code is black save for the genuine holder; or the clone ends. */
export const signCloneCase: Handler<'sign-clone-case'> = async (act, { case: id, agrees, note }) => {
  const { tx, actor } = act
  await holdFacts(tx)
  const found = await caseForUpdate(tx, id)
  if (!found) return refused('clone-unknown', { case: id })
  act.about(imei14Text(found.imei14))
  const waiting = { ...found, by: found.by ?? '', waits: found.state === 'awaiting-signature' }
  const signatures = nextSignatures(waiting, actor.officer, CLONE_ACTS)
  if (!signatures.ok) return signatures
  if (!agrees) {
    // what was decided before stands again
    const back: StoredCase = {
      ...found,
      state: found.verdict === 'resolved' ? 'clone' : 'open',
      verdict: null,
      signatures: [],
    }
    await saveCase(tx, back)
    tell(act, back, note)
    return done(answerOf(back))
  }
  const isWhole = isWhollySigned(signatures.value)
  const ends = found.verdict === 'resolved'
  const state = !isWhole ? 'awaiting-signature' : ends ? 'resolved' : 'clone'
  const signed: StoredCase = { ...found, state, signatures: signatures.value }
  if (isWhole) {
    const moved = await commitVerdict(act, signed, ends ? 'remove' : 'add')
    if (!moved.ok) return moved
    await setException(tx, signed, ends ? null : signed.holder)
  }
  await saveCase(tx, signed)
  tell(act, signed, note)
  return done(answerOf(signed))
}

function tell(act: Act, c: StoredCase, note: string): void {
  const { actor } = act
  const { id, no, imei14, state, verdict, holder } = c
  act.event('clone-decided', {
    ...{ case: id, no, imei14, state, verdict, holder, note },
    by: actor.officer.id,
    decidedBy: c.by,
    signatures: [...c.signatures],
    day: businessDate(actor.now),
    command: actor.command,
  })
}

/** The fact `clone` about the IMEI, or its end: a batch of its own, pulled by desks as any other. */
async function commitVerdict(act: Act, c: StoredCase, op: 'add' | 'remove'): Promise<Outcome<null>> {
  const { now } = act.actor
  const kind = 'clone' as const
  const source = DEFAULT_SOURCE[kind]
  const data = JSON.stringify({ report: String(c.no) })
  const doc = { no: 1, op, date: businessDate(now), network: null, data }
  const facts = factColumns([{ imei14: c.imei14, doc: doc.no, next: 0 }])
  const rows = { docs: new Map([[doc.no, doc]]), facts, tacs: [], crossings: [] }
  const name = `clone-${c.no}`
  const head = {
    ...{ id: uuid7(now), kind, source, letter: String(c.no), full: false },
    file: { name, sha256: createHash('sha256').update(`${name}\n${data}`).digest('hex') },
    content: await contentOf(rows, { kind, source, full: false }),
    counts: { rows: 1, accepted: 1, rejected: 0, duplicates: 0, problems: {}, imeis: 1 },
    accepted: [],
  }
  const judged = await judgeBatch(act.tx, { head, segments: [], rows })
  if (!judged.ok) return judged
  const segments = await writeSegments(act.blobs, rows, head)
  const signedBy = c.signatures.filter((officer) => officer !== c.by)
  await commitNew(act, { head, rows, segments }, judged.value, { by: c.by ?? '', signedBy })
  return done(null)
}

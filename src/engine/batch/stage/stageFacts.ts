import { createHash } from 'node:crypto'
import { needsSecondSignature } from '../../../domain/batch.ts'
import { finding } from '../../../domain/checks/finding.ts'
import { levelOf } from '../../../domain/checks/ruleBook.ts'
import { declarationOf } from '../../../domain/checks/sameDeclaration.ts'
import { noEffect } from '../../../domain/effect.ts'
import { listingOf, type Policy } from '../../../domain/policy.ts'
import { factsOfSorted } from '../../db/facts.ts'
import type { Reader } from '../../db/handle.ts'
import type { JudgedRows } from '../fix/fixedRows.ts'
import { LookBack, placeOf } from '../history/lookBack.ts'
import { contentOfFacts, sameBatch } from '../history/sameBatch.ts'
import { withoutRows } from '../history/withoutRows.ts'
import type { SortedFacts } from './deviceColumns.ts'
import type { SheetJudge } from './judgeSheet.ts'
import { replacedBatches } from './replacedBatches.ts'
import { computeEffect, type StagedFacts } from './stageEffect.ts'
import type { StagingWriter } from './stagingFile.ts'
import type { StageResult, StageTask } from './task.ts'

export interface Merging {
  readonly reader: Reader
  readonly policy: Policy
  readonly staging: StagingWriter
  readonly judge: SheetJudge
  /** Reads the rows of the file once more, for the cells of rows that history rejects. */
  readonly again: () => AsyncIterable<JudgedRows>
}

type Merged = Pick<StageResult, 'effect' | 'needsSignature' | 'reviewed' | 'same'> & { readonly imeis: number }

const NOTHING_REVIEWED = createHash('sha256').digest('hex')

/** Merges judged rows with what the desk knows: holds them against history, stages the facts, computes the effect. */
export async function stageFacts(task: StageTask, m: Merging, between: (share: number) => void): Promise<Merged> {
  const { reader, policy, staging, judge } = m
  if (task.kind === 'tac' || task.kind === 'border')
    return { effect: noEffect(), needsSignature: false, reviewed: NOTHING_REVIEWED, imeis: 0, same: null }
  const dataOf = (doc: number): Record<string, unknown> => JSON.parse(staging.docData(doc)) as Record<string, unknown>
  const all = judge.sorted()
  // an operator's second day of the same devices brings the same first sightings; whether anything was observed anew, the registry alone can tell
  const same =
    task.kind === 'operator'
      ? null
      : sameBatch(reader, task, all.count, () => contentOfFacts(task, all, judge.docs, (doc) => staging.docData(doc)))
  if (same !== null) {
    const effect = { ...noEffect(), unchanged: all.count }
    return { effect, needsSignature: false, reviewed: NOTHING_REVIEWED, imeis: all.count, same }
  }
  const replaces = task.full ? replacedBatches(reader, task) : new Set<number>()
  const staged = (facts: SortedFacts): StagedFacts => ({ ...task, replaces, facts, docs: judge.docs })
  const back = new LookBack(reader, staged(all), policy.checks, dataOf)
  const facts = back.mayReject ? await judgeByHistory(all, back, m) : all
  const { keys, docs, next, count } = facts
  const computed = computeEffect(
    reader,
    policy,
    staged(facts),
    (imei14, at, move) => {
      if (at < 0) staging.add('gone', [imei14, move])
      else staging.addFact(keys[at] as number, docs[at] as number, next[at] as number, move)
    },
    (done) => between(done / Math.max(1, count)),
    back.mayReject ? undefined : (at, known, before) => back.look(at, known, before),
  )
  back.findings.handOut((row, nth, found, severity, isFirst) =>
    judge.problems.addLate(row, nth, found, severity, isFirst),
  )
  tellDeclaredTwice(task, m, all, dataOf)
  return {
    effect: computed.effect,
    needsSignature: needsSecondSignature(computed.effect, computed.offGrey, policy),
    reviewed: computed.reviewed,
    imeis: count,
    same: null,
  }
}

/** Asks history before anything is staged, since a rule may reject rows; answers the facts of the others. */
async function judgeByHistory(facts: SortedFacts, back: LookBack, m: Merging): Promise<SortedFacts> {
  let at = 0
  for (const { facts: known } of factsOfSorted(m.reader, facts.keys)) {
    const { op } = m.judge.docs.factOf(facts.docs[at] as number)
    if (known.length > 0 || op === 'remove') back.look(at, known, listingOf(known, m.policy))
    at++
  }
  const rejected = back.findings.rejected()
  if (rejected.size === 0) return facts
  for await (const batch of m.again())
    for (let i = 0; i < batch.count; i++) {
      const row = batch.rowNumber(i)
      if (rejected.has(row)) m.judge.rejectLate(row, batch.texts(i))
    }
  return withoutRows(facts, rejected)
}

/** Rows that were rejected as repetitions, but under another declaration than the row they repeat. */
function tellDeclaredTwice(
  task: StageTask,
  { policy, judge }: Merging,
  facts: SortedFacts,
  dataOf: (doc: number) => Record<string, unknown>,
): void {
  if (judge.repeats.length === 0 || levelOf(task.kind, 'declared-twice', policy.checks) === 'off') return
  for (const { row, keys, data } of judge.repeats) {
    const now = declarationOf(JSON.parse(data) as Record<string, unknown>)
    for (const key of keys) {
      const at = placeOf(facts.keys, key)
      if (at < 0) continue
      const other = declarationOf(dataOf(facts.docs[at] as number))
      if (other === now) continue
      const found = finding('declared-twice', 'declaration', now, { other, row: facts.rows[at] as number })
      judge.problems.addLate(row, 0, found, 'warning', true)
      break
    }
  }
}

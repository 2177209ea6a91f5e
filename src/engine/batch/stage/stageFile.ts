import { createHash } from 'node:crypto'
import { needsSecondSignature, type RowCounts } from '../../../domain/batch.ts'
import { noEffect } from '../../../domain/effect.ts'
import type { Seq } from '../../../domain/fact.ts'
import type { Policy } from '../../../domain/policy.ts'
import { trouble } from '../../../domain/problem.ts'
import type { RowBatch } from '../../../sheet/rowBatch.ts'
import type { SheetSurvey, Workbook } from '../../../sheet/workbook.ts'
import { openConnection } from '../../db/connection.ts'
import { type Reader, ReadHandle } from '../../db/handle.ts'
import { cursorOf, policyAt } from '../../db/mirror.ts'
import { hashFile } from '../inspect/hashFile.ts'
import { noticesOf, openChosen } from '../inspect/inspectFile.ts'
import { type Layout, layoutOf } from '../inspect/layout.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import type { SortedFacts } from './deviceColumns.ts'
import { guardsOf } from './guards.ts'
import { SheetJudge } from './judgeSheet.ts'
import { knownTacs } from './knownTacs.ts'
import { replacedBatches, replacedImeis } from './replacedBatches.ts'
import { computeEffect } from './stageEffect.ts'
import { StagingWriter } from './stagingFile.ts'
import type { StageResult, StageTask } from './task.ts'

/** Part of the progress that reading makes up; the rest is the effect. */
const READING = 0.8

/**
 * Reads, judges and stages a file and computes its effect on the mirror as it stands. Leaves a finished staging file, or none when it
 * throws (a problem of the file, `cancelled`).
 */
export async function stageFile(task: StageTask, tools: ThreadTools): Promise<StageResult> {
  const started = performance.now()
  const book = await openChosen(task.file)
  try {
    const layout = await layoutOf(book, task.layout)
    checkMapping(task, layout)
    return await stageSheet(task, book, layout, started, tools)
  } finally {
    await book.close()
  }
}

/** Without the columns its kind needs, nothing of a file is staged. */
function checkMapping(task: StageTask, layout: Layout): void {
  if (layout.missing.length === 0) return
  const other = layout.columns.every((c) => c.field === null)
  if (other) throw trouble('kind-mismatch', { kind: task.kind, file: task.file.path.split(/[\\/]/).at(-1) ?? '' })
  throw trouble('mapping-incomplete', { kind: task.kind, fields: layout.missing.join(', ') })
}

async function stageSheet(
  task: StageTask,
  book: Workbook,
  layout: Layout,
  started: number,
  { checkStop, tell }: ThreadTools,
): Promise<StageResult> {
  const cache = openConnection(task.cacheFile, {
    keyHex: task.keyHex,
    readonly: true,
    synchronous: 'NORMAL',
    cacheMb: 48,
  })
  const staging = new StagingWriter(task.stagingFile, task.keyHex)
  try {
    // one snapshot for type codes, facts and policy: the effect is exact at its sequence number
    cache.exec('BEGIN')
    const reader = new ReadHandle(cache)
    const seq = cursorOf(reader).seq
    const policy = policyAt(reader, seq)
    const sha256 = await hashFile(task.file.path, checkStop)
    const judge = new SheetJudge(task, layout, knownTacs(reader), book.date1904, staging)
    const survey = await judgeRows(judge, book.rows(layout.sheet), { checkStop, tell })
    const parsed = performance.now()
    const facts = judge.sorted()
    const computed = stageFacts(task, { reader, policy, staging, judge, facts }, (done) => {
      checkStop()
      tell(READING + (1 - READING) * (done / Math.max(1, facts.count)))
    })
    const counts = judge.end(facts.count)
    staging.finish()
    return {
      ...computed,
      ...summary(task, counts, seq, policy, reader),
      file: { name: book.file, sha256 },
      layout: {
        sheet: layout.sheet,
        headers: layout.headers,
        mapping: layout.mapping,
        fingerprint: layout.fingerprint,
      },
      notices: noticesOf(book, layout, survey),
      seconds: { parse: (parsed - started) / 1000, stage: (performance.now() - parsed) / 1000 },
    }
  } catch (error) {
    staging.abandon()
    throw error
  } finally {
    cache.close()
  }
}

async function judgeRows(
  judge: SheetJudge,
  rows: AsyncGenerator<RowBatch, SheetSurvey, undefined>,
  { checkStop, tell }: ThreadTools,
): Promise<SheetSurvey> {
  for (;;) {
    const step = await rows.next()
    checkStop()
    if (step.done) return step.value
    judge.judge(step.value)
    tell((READING * step.value.bytesRead) / Math.max(1, step.value.bytesTotal))
  }
}

interface Merging {
  readonly reader: Reader
  readonly policy: Policy
  readonly staging: StagingWriter
  readonly judge: SheetJudge
  readonly facts: SortedFacts
}

function stageFacts(
  task: StageTask,
  { reader, policy, staging, judge, facts }: Merging,
  between: (done: number) => void,
): Pick<StageResult, 'effect' | 'needsSignature' | 'reviewed'> {
  if (task.kind === 'tac' || task.kind === 'border')
    return { effect: noEffect(), needsSignature: false, reviewed: createHash('sha256').digest('hex') }
  const { keys, docs, next } = facts
  const computed = computeEffect(
    reader,
    policy,
    { ...task, replaces: task.full ? replacedBatches(reader, task) : new Set(), facts, docs: judge.docs },
    (imei14, at, move) => {
      if (at < 0) staging.add('gone', [imei14, move])
      else staging.addFact(keys[at] as number, docs[at] as number, next[at] as number, move)
    },
    between,
  )
  return {
    effect: computed.effect,
    needsSignature: needsSecondSignature(computed.effect, computed.offGrey, policy),
    reviewed: computed.reviewed,
  }
}

function summary(
  task: StageTask,
  counts: RowCounts,
  seq: Seq,
  policy: Policy,
  reader: Reader,
): Pick<StageResult, 'counts' | 'basedOnSeq' | 'guards'> {
  const before = task.full ? replacedImeis(reader, task) : null
  return { counts, basedOnSeq: seq, guards: guardsOf(counts, before, policy) }
}

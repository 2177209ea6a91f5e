import { FACT_OF_BATCH } from '../../../domain/batch.ts'
import { trouble } from '../../../domain/problem.ts'
import type { RowBatch } from '../../../sheet/rowBatch.ts'
import type { SheetSurvey, Workbook } from '../../../sheet/workbook.ts'
import { openConnection } from '../../db/connection.ts'
import { ReadHandle } from '../../db/handle.ts'
import { cursorOf, policyAt } from '../../db/mirror.ts'
import { openReader } from '../../db/openReader.ts'
import { contentOfRows, countRows } from '../commit/stagedRows.ts'
import { Fixing, type JudgedRows } from '../fix/fixedRows.ts'
import { sameBatch } from '../history/sameBatch.ts'
import { noticesOf, openChosen } from '../inspect/inspectFile.ts'
import { type Layout, layoutOf } from '../inspect/layout.ts'
import { keepCopy } from '../keep/keepCopy.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import { Checkpoints, type SavedRows, savedRows } from './checkpoint.ts'
import { guardsOf } from './guards.ts'
import { SheetJudge } from './judgeSheet.ts'
import { knownTacs } from './knownTacs.ts'
import { replacedImeis } from './replacedBatches.ts'
import { stageFacts } from './stageFacts.ts'
import { removeStaging, StagingWriter } from './stagingFile.ts'
import type { StageResult, StageTask } from './task.ts'

/** Part of the progress that reading makes up; the rest is the effect. */
const READING = 0.8

/**
 * Reads, judges and stages a file and computes its effect on the mirror as it stands. Leaves a finished staging file, or none when it
 * throws (a problem of the file, `cancelled`).
 */
export async function stageFile(task: StageTask, tools: ThreadTools): Promise<StageResult> {
  const started = performance.now()
  const saved = task.resumes ? savedRows(task.stagingFile, task.keyHex) : null
  if (task.resumes && saved === null) removeStaging(task.stagingFile)
  const { kept, sha256 } = await keepCopy(task, tools)
  const book = await openChosen({ ...task.file, kept })
  try {
    const layout = await layoutOf(book, task.layout)
    checkMapping(task, layout)
    return await stageSheet(task, { book, layout, sha256, saved }, started, tools)
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

interface Opened {
  readonly book: Workbook
  readonly layout: Layout
  readonly sha256: string
  /** What an interrupted import had judged; null for one that begins. */
  readonly saved: SavedRows | null
}

async function stageSheet(
  task: StageTask,
  { book, layout, sha256, saved }: Opened,
  started: number,
  { checkStop, tell, isClosing }: ThreadTools,
): Promise<StageResult> {
  const cache = openConnection(task.cacheFile, {
    keyHex: task.keyHex,
    readonly: true,
    synchronous: 'NORMAL',
    cacheMb: 48,
  })
  const staging = new StagingWriter(task.stagingFile, task.keyHex, saved?.judgedEnd)
  try {
    // one snapshot for type codes, facts and policy: the effect is exact at its sequence number
    cache.exec('BEGIN')
    const reader = new ReadHandle(cache)
    const seq = cursorOf(reader).seq
    const policy = policyAt(reader, seq)
    const file = { tacs: knownTacs(reader), date1904: book.date1904, checks: policy.checks }
    const judge = new SheetJudge(task, layout, file, staging)
    const fixing = new Fixing(task.steps, layout.mapping)
    const fixed = (batch: RowBatch) => fixing.rows(batch, layout.headerEnd)
    if (saved) judge.restore(saved)
    const checkpoint = new Checkpoints(judge, staging, task.checkpointRows)
    const survey = await judgeRows(judge, book.rows(layout.sheet), fixed, (batch) => {
      checkStop()
      checkpoint.after(batch)
      judge.foresee(batch.bytesRead / Math.max(1, batch.bytesTotal))
      tell((READING * batch.bytesRead) / Math.max(1, batch.bytesTotal))
    })
    staging.endOfRows()
    const parsed = performance.now()
    const again = async function* () {
      for await (const batch of book.rows(layout.sheet)) {
        yield fixed(batch)
        batch.release()
      }
    }
    const { imeis, same, ...computed } = await stageFacts(task, { reader, policy, staging, judge, again }, (share) => {
      checkStop()
      tell(READING + (1 - READING) * share)
    })
    const counts = judge.end(imeis)
    await keepLateCells(book, staging, again, checkStop)
    const before = task.full ? replacedImeis(reader, task) : null
    const found = guardsOf({ kind: task.kind, counts, outOfRegion: judge.outOfRegion, before }, policy)
    staging.finish()
    return {
      ...computed,
      same: same ?? sameRows(reader, task),
      counts,
      basedOnSeq: seq,
      guards: found.guards,
      file: { name: book.file, sha256 },
      layout: {
        sheet: layout.sheet,
        headers: layout.headers,
        mapping: layout.mapping,
        fingerprint: layout.fingerprint,
        headerEnd: layout.headerEnd,
        headerRow: layout.header.row,
        encoding: book.encoding?.encoding ?? null,
        delimiter: book.delimiter ?? null,
      },
      notices: [...found.told, ...noticesOf(book, layout, survey)],
      seconds: { parse: (parsed - started) / 1000, stage: (performance.now() - parsed) / 1000 },
    }
  } catch (error) {
    if (isClosing()) staging.leave()
    else staging.abandon()
    throw error
  } finally {
    cache.close()
  }
}

/** As far into a file as it is read a second time for the cells of rows that were found wanting late: its first screens of rows. */
const READ_AGAIN = 50_000

/**
 * Keeps the cells of accepted rows about which history or the file as a whole says something, so that the officer sees them. To read a
 * large file a second time would take too long; what old formats hold is in memory anyway, and read to its end.
 */
async function keepLateCells(
  { kind }: Workbook,
  staging: StagingWriter,
  again: () => AsyncIterable<JudgedRows>,
  checkStop: () => void,
): Promise<void> {
  const inMemory = kind === 'xls' || kind === 'xlsb'
  const rows = new Set(staging.rowsWithoutCells(inMemory ? Number.MAX_SAFE_INTEGER : READ_AGAIN))
  if (rows.size === 0) return
  for await (const batch of again()) {
    checkStop()
    for (let i = 0; i < batch.count; i++) {
      const row = batch.rowNumber(i)
      if (rows.delete(row)) staging.keepWarned(row, () => batch.texts(i))
    }
    if (rows.size === 0) return
  }
}

/** The same for lists that bring no facts about IMEIs; their content is hashed as it lies staged. */
function sameRows(cache: ReadHandle, task: StageTask): string | null {
  if (FACT_OF_BATCH[task.kind] !== null) return null
  const staged = openReader(task.stagingFile, task.keyHex)
  try {
    return sameBatch(cache, task, countRows(staged, task.kind), () => contentOfRows(staged, task))
  } finally {
    staged.close()
  }
}

async function judgeRows(
  judge: SheetJudge,
  rows: AsyncGenerator<RowBatch, SheetSurvey, undefined>,
  fixed: (batch: RowBatch) => JudgedRows,
  after: (batch: RowBatch) => void,
): Promise<SheetSurvey> {
  for (;;) {
    const step = await rows.next()
    if (step.done) return step.value
    judge.judge(fixed(step.value))
    after(step.value)
    step.value.release()
  }
}

import { existsSync } from 'node:fs'
import type { CheckCode } from '../../../domain/checks/finding.ts'
import type { FactOp, IsoDate, Network } from '../../../domain/fact.ts'
import { ProblemError } from '../../../domain/problem.ts'
import type { RowDoc } from '../../../domain/rows/judge.ts'
import type { RowBatch } from '../../../sheet/rowBatch.ts'
import { openConnection } from '../../db/connection.ts'
import { type Reader, ReadHandle } from '../../db/handle.ts'
import { type JudgedStretch, readJudged } from './judgedLog.ts'
import type { Repeat, SheetJudge } from './judgeSheet.ts'
import type { StagingWriter } from './stagingFile.ts'

/** What a judge has done between two checkpoints. */
export interface JudgedChunk extends JudgedStretch {
  readonly counts: JudgedCounts
}

/** Counts of all rows up to a checkpoint. */
export interface JudgedCounts {
  readonly rows: number
  readonly accepted: number
  readonly duplicates: number
  readonly outOfRegion: number
  readonly problems: readonly (readonly [CheckCode, number])[]
  readonly repeats: readonly Repeat[]
}

/** All that an interrupted import had judged. */
export interface SavedRows {
  readonly lastRow: number
  readonly chunks: readonly JudgedStretch[]
  /** Length of the log that holds them. */
  readonly judgedEnd: number
  readonly counts: JudgedCounts
  readonly docs: readonly (readonly [no: number, doc: RowDoc])[]
}

/** The further an import is, the further apart they are: at most so many times the first stretch. */
const MOST_APART = 4

/** Makes a checkpoint whenever so many rows were judged. */
export class Checkpoints {
  readonly #judge: SheetJudge
  readonly #staging: StagingWriter
  readonly #most: number
  #every: number
  #rows = 0

  constructor(judge: SheetJudge, staging: StagingWriter, every: number) {
    this.#judge = judge
    this.#staging = staging
    this.#every = every
    this.#most = every * MOST_APART
  }

  /** To be called when a batch is judged. */
  after(batch: RowBatch): void {
    this.#rows += batch.count
    const lastRow = batch.rowNumber(batch.count - 1)
    if (this.#rows < this.#every || lastRow <= this.#judge.judgedBefore) return
    this.#rows = 0
    this.#every = Math.min(this.#every * 2, this.#most)
    const { devices, marks, counts } = this.#judge.checkpoint()
    this.#staging.checkpoint(lastRow, { devices, marks }, JSON.stringify(counts))
  }
}

type Stored = [lastRow: number, judgedEnd: number, counts: string]
type StoredDoc = [no: number, op: FactOp, date: IsoDate, network: Network | null, data: string]

/** What a staging file holds of an interrupted import; null where it came to no checkpoint and has to begin again. */
export function savedRows(path: string, keyHex: string): SavedRows | null {
  if (!existsSync(path)) return null
  try {
    // not read-only: what was written since the last checkpoint is taken back first
    const db = openConnection(path, {
      keyHex,
      readonly: false,
      synchronous: 'NORMAL',
      cacheMb: 16,
      journal: 'truncate',
    })
    try {
      return read(new ReadHandle(db), path, keyHex)
    } finally {
      db.close()
    }
  } catch (error) {
    // killed before its first checkpoint a file may be torn or have no tables yet: nothing of it counted
    if (error instanceof ProblemError || (error instanceof Error && error.name === 'SqliteError')) return null
    throw error
  }
}

function read(staged: Reader, path: string, keyHex: string): SavedRows | null {
  const last = staged
    .rows<Stored>('SELECT last_row, judged_end, counts FROM checkpoint ORDER BY last_row DESC LIMIT 1')
    .get()
  if (last === undefined) return null
  const [lastRow, judgedEnd, counts] = last
  return {
    lastRow,
    judgedEnd,
    chunks: readJudged(path, keyHex, judgedEnd),
    counts: JSON.parse(counts) as JudgedCounts,
    docs: staged
      .rows<StoredDoc>('SELECT no, op, date, network, data FROM doc ORDER BY no')
      .all()
      .map(([no, op, date, network, data]) => {
        const quantity = (JSON.parse(data) as { quantity?: number }).quantity ?? 0
        return [no, { op, date, network, data, quantity }] as const
      }),
  }
}

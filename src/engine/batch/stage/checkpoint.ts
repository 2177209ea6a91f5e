import { existsSync } from 'node:fs'
import type { CheckCode } from '../../../domain/checks/finding.ts'
import type { FactOp, IsoDate, Network } from '../../../domain/fact.ts'
import { ProblemError } from '../../../domain/problem.ts'
import type { RowDoc } from '../../../domain/rows/judge.ts'
import type { RowBatch } from '../../../sheet/rowBatch.ts'
import { openConnection } from '../../db/connection.ts'
import { type Reader, ReadHandle } from '../../db/handle.ts'
import type { DeviceSlice } from './deviceColumns.ts'
import type { Repeat, SheetJudge } from './judgeSheet.ts'
import type { StagingWriter } from './stagingFile.ts'

/** What a judge has done between two checkpoints. */
export interface JudgedChunk {
  readonly devices: DeviceSlice
  /** Keys seen that no device holds: key, row and marks, one after the other. */
  readonly marks: Float64Array
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
  readonly chunks: readonly Pick<JudgedChunk, 'devices' | 'marks'>[]
  readonly counts: JudgedCounts
  readonly docs: readonly (readonly [no: number, doc: RowDoc])[]
}

/** Each writes its pages twice, so the further an import is, the further apart they are: at most so many times the first stretch. */
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
    const blob = ({ buffer, byteOffset, byteLength }: Float64Array | Uint32Array | Int8Array): Uint8Array =>
      new Uint8Array(buffer, byteOffset, byteLength)
    const { keys, docs, rows, ring } = devices
    this.#staging.checkpoint([
      lastRow,
      blob(keys),
      blob(docs),
      blob(rows),
      blob(ring),
      blob(marks),
      JSON.stringify(counts),
    ])
  }
}

type Stored = [
  lastRow: number,
  keys: Uint8Array,
  docs: Uint8Array,
  rows: Uint8Array,
  ring: Uint8Array,
  marks: Uint8Array,
  counts: string,
]
type StoredDoc = [no: number, op: FactOp, date: IsoDate, network: Network | null, data: string]

/** What a staging file holds of an interrupted import; null where it came to no checkpoint and has to begin again. */
export function savedRows(path: string, keyHex: string): SavedRows | null {
  if (!existsSync(path)) return null
  try {
    const db = openConnection(path, { keyHex, readonly: false, synchronous: 'NORMAL', cacheMb: 16 })
    try {
      return read(new ReadHandle(db))
    } finally {
      db.close()
    }
  } catch (error) {
    // killed before its first checkpoint a file may be torn or have no tables yet: nothing of it counted
    if (error instanceof ProblemError || (error instanceof Error && error.name === 'SqliteError')) return null
    throw error
  }
}

function read(staged: Reader): SavedRows | null {
  const stored = staged
    .rows<Stored>('SELECT last_row, keys, docs, rows, ring, marks, counts FROM checkpoint ORDER BY last_row')
    .all()
  const last = stored.at(-1)
  if (last === undefined) return null
  // a copy, since the bytes of a blob need not lie where an array of numbers may
  const aligned = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer
  return {
    lastRow: last[0],
    chunks: stored.map(([, keys, docs, rows, ring, marks]) => ({
      devices: {
        keys: new Float64Array(aligned(keys)),
        docs: new Uint32Array(aligned(docs)),
        rows: new Uint32Array(aligned(rows)),
        ring: new Int8Array(aligned(ring)),
      },
      marks: new Float64Array(aligned(marks)),
    })),
    counts: JSON.parse(last[6]) as JudgedCounts,
    docs: staged
      .rows<StoredDoc>('SELECT no, op, date, network, data FROM doc ORDER BY no')
      .all()
      .map(([no, op, date, network, data]) => {
        const quantity = (JSON.parse(data) as { quantity?: number }).quantity ?? 0
        return [no, { op, date, network, data, quantity }] as const
      }),
  }
}

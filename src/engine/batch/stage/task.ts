import type { ImportKind, RowCounts } from '../../../domain/batch.ts'
import type { GuardCode } from '../../../domain/checks/ruleBook.ts'
import type { Effect } from '../../../domain/effect.ts'
import type { IsoDate, Seq, SourceBody } from '../../../domain/fact.ts'
import type { FixStep } from '../../../domain/fix/fixStep.ts'
import type { ProblemDetails } from '../../../domain/problem.ts'
import type { Delimiter } from '../../../sheet/workbook.ts'
import type { FileChoice } from '../inspect/inspectFile.ts'
import type { Layout, LayoutChoice } from '../inspect/layout.ts'

/** What the staging thread is to do: all of it plain data. */
export interface StageTask {
  readonly batch: string
  readonly file: FileChoice
  /** What the officer said about the layout; `kind` is always given. */
  readonly layout: LayoutChoice
  readonly kind: ImportKind
  readonly source: SourceBody
  readonly full: boolean
  readonly today: IsoDate
  readonly keyHex: string
  readonly stagingFile: string
  /** Where the desk's own copy of the file lies or is to lie; `sha256` of the sender's file once the copy is made. */
  readonly keep: { readonly path: string; readonly sha256: string | null }
  /** Rows between two checkpoints. */
  readonly checkpointRows: number
  /** An import that was interrupted goes on from its last checkpoint, if it has one. */
  readonly resumes: boolean
  /** Corrections of cells, in order, done before the rows are judged. */
  readonly steps: readonly FixStep[]
  readonly cacheFile: string
}

/** A guard of the file that refuses the commit until the officer accepts it by its code. */
export interface Guard {
  readonly code: GuardCode
  readonly details: ProblemDetails
}

export interface StageResult {
  /** Batch that has brought this content already; then nothing is to be committed. */
  readonly same: string | null
  readonly counts: RowCounts
  readonly effect: Effect
  readonly needsSignature: boolean
  /** Fingerprint of the moves into and out of black. */
  readonly reviewed: string
  readonly basedOnSeq: Seq
  readonly guards: readonly Guard[]
  readonly file: { readonly name: string; readonly sha256: string }
  /** How the file was read, for the export of rejected rows and for the sender's profile. */
  readonly layout: Pick<Layout, 'sheet' | 'headers' | 'mapping' | 'fingerprint' | 'headerEnd'> & {
    readonly headerRow: number
    readonly encoding: string | null
    readonly delimiter: Delimiter | null
  }
  readonly notices: readonly { readonly code: string; readonly details: ProblemDetails }[]
  readonly seconds: { readonly parse: number; readonly stage: number }
}

import type { ImportKind, RowCounts } from '../../../domain/batch.ts'
import type { Effect } from '../../../domain/effect.ts'
import type { IsoDate, Seq, SourceBody } from '../../../domain/fact.ts'
import type { ProblemDetails } from '../../../domain/problem.ts'
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
  readonly cacheFile: string
}

/** A guard of the file that refuses the commit until the officer accepts it by its code. */
export interface Guard {
  readonly code: 'guard-bad-rows' | 'guard-size'
  readonly details: ProblemDetails
}

export interface StageResult {
  readonly counts: RowCounts
  readonly effect: Effect
  readonly needsSignature: boolean
  /** Fingerprint of the moves into and out of black. */
  readonly reviewed: string
  readonly basedOnSeq: Seq
  readonly guards: readonly Guard[]
  readonly file: { readonly name: string; readonly sha256: string }
  /** How the file was read, for the export of rejected rows and for the sender's profile. */
  readonly layout: Pick<Layout, 'sheet' | 'headers' | 'mapping' | 'fingerprint'>
  readonly notices: readonly { readonly code: string; readonly details: ProblemDetails }[]
  readonly seconds: { readonly parse: number; readonly stage: number }
}

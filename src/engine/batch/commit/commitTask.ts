import type { SegmentRef } from '../../../contract/registry.ts'
import type { ImportKind } from '../../../domain/batch.ts'
import type { SourceBody } from '../../../domain/fact.ts'

/** What the committing thread is to make of staged rows. */
export interface CommitTask {
  readonly batch: string
  readonly kind: ImportKind
  readonly source: SourceBody
  readonly full: boolean
  readonly stagingFile: string
  readonly blobFolder: string
  readonly keyHex: string
  readonly rowsAPart: number
}

/** What was frozen: segments as they lie in the blob store, and the hash of the content. */
export interface Frozen {
  readonly segments: readonly SegmentRef[]
  readonly content: string
  /** Raw observations of an operator, for the registry alone; empty for other kinds. */
  readonly observations: readonly SegmentRef[]
}

import type { ImportKind } from '../../../domain/batch.ts'
import type { SourceBody } from '../../../domain/fact.ts'
import type { Reader } from '../../db/handle.ts'

interface ListOf {
  readonly kind: ImportKind
  readonly source: SourceBody
}

const LIVE = 'FROM batch WHERE kind = ? AND source = ? AND added_seq IS NOT NULL AND ended_seq IS NULL'

/** Live batches that a full list of this kind and source replaces, by the registry's number. */
export const replacedBatches = (cache: Reader, { kind, source }: ListOf): ReadonlySet<number> =>
  new Set(
    cache
      .rows<[number]>(`SELECT no ${LIVE}`)
      .all(kind, source)
      .map(([no]) => no),
  )

/** IMEIs in them. */
export const replacedImeis = (cache: Reader, { kind, source }: ListOf): number =>
  cache.value<number | null>(`SELECT sum(rows) ${LIVE}`, kind, source) ?? 0

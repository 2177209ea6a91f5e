import type { z } from 'zod'
import type { BATCH_EFFECT_CALLS } from '../../../contract/engine/batchEffect.ts'
import type { ImportKind } from '../../../domain/batch.ts'
import { LISTS } from '../../../domain/listing.ts'
import type { Reader } from '../../db/handle.ts'
import { imeisOfDocs } from '../fix/spellings.ts'
import { factBlocks } from '../stage/factBlocks.ts'
import { UNDER_APPEAL } from '../stage/moves.ts'
import type { StagedDoc } from '../stagedBatches.ts'

type Details = z.input<(typeof BATCH_EFFECT_CALLS)['staged-effect']['output']>
type By = NonNullable<Details['by']>

/** Largest importers or sources that are named. */
const NAMED = 20

/** Who or what names where the devices of a kind of list come from, the better first. */
const SOURCES: Readonly<Record<ImportKind, readonly By[]>> = {
  customs: ['importer', 'country', 'brand'],
  operator: ['network'],
  stolen: ['report', 'brand'],
  counterfeit: ['report', 'brand'],
  gsma: ['country', 'brand'],
  legacy: ['brand'],
  tac: ['brand'],
  border: ['point'],
}

const WHITE_TO_BLACK = LISTS.indexOf('white') * 4 + LISTS.indexOf('black')

/** What a staged effect does beyond its counts. */
export function effectDetails(staged: Reader, doc: StagedDoc): Details {
  const by = SOURCES[doc.staged.kind].find((field) => doc.layout.mapping[field] !== undefined) ?? null
  return { whiteToBlack: whiteToBlack(staged), by, ...largest(staged, doc.staged.kind, by) }
}

function whiteToBlack(staged: Reader): number {
  let count = 0
  for (const { moves } of factBlocks(staged, -1))
    for (const move of moves) if (move % UNDER_APPEAL === WHITE_TO_BLACK) count++
  return count
}

function largest(staged: Reader, kind: ImportKind, by: By | null): Pick<Details, 'largest' | 'unnamed'> {
  if (by === null) return { largest: [], unnamed: 0 }
  const counts = new Map<string, { name: string; id: string; imeis: number }>()
  let unnamed = 0
  const add = (name: string, id: string, imeis: number): void => {
    if (name === '' && id === '') {
      unnamed += imeis
      return
    }
    // an importer is known by his number, however his name is spelt
    const key = id || name
    const there = counts.get(key)
    if (there) there.imeis += imeis
    else counts.set(key, { name: name || id, id, imeis })
  }
  for (const [name, id, imeis] of named(staged, kind, by)) add(name, id, imeis)
  const sorted = [...counts.values()].sort((a, b) => b.imeis - a.imeis || (a.name < b.name ? -1 : 1))
  return { largest: sorted.slice(0, NAMED), unnamed }
}

function* named(
  staged: Reader,
  kind: ImportKind,
  by: By,
): Generator<readonly [name: string, id: string, imeis: number]> {
  if (kind === 'tac') {
    yield* staged.rows<[string, string, number]>(`SELECT brand, '', count(*) FROM tac GROUP BY brand`).iterate()
    return
  }
  if (kind === 'border') {
    yield* staged.rows<[string, string, number]>(`SELECT point, '', count(*) FROM crossing GROUP BY point`).iterate()
    return
  }
  const imeis = imeisOfDocs(staged)
  for (const [no, network, data] of staged
    .rows<[number, string | null, string]>('SELECT no, network, data FROM doc')
    .iterate()) {
    const said = JSON.parse(data) as Partial<Record<string, string>>
    const name = by === 'network' ? (said[by] ?? network ?? '') : (said[by] ?? '')
    yield [String(name), by === 'importer' ? (said.bin ?? '') : '', imeis.get(no) ?? 0]
  }
}

import { createHash } from 'node:crypto'
import { ReviewedMoves } from '../../../contract/fingerprint.ts'
import { FACT_OF_BATCH, type ImportKind } from '../../../domain/batch.ts'
import { countMove, type Effect, noEffect } from '../../../domain/effect.ts'
import type { Fact, Imei14, SourceBody } from '../../../domain/fact.ts'
import type { Listing } from '../../../domain/listing.ts'
import { listingOf, type Policy } from '../../../domain/policy.ts'
import { factsOfSorted } from '../../db/facts.ts'
import type { Reader } from '../../db/handle.ts'
import { openAppealImeis } from '../../db/mirror.ts'
import { keysOfBatches } from '../queries.ts'
import type { SortedFacts } from './deviceColumns.ts'
import { moveOf } from './moves.ts'

/** What is to become facts. */
export interface StagedFacts {
  readonly batch: string
  readonly kind: ImportKind
  readonly source: SourceBody
  /** Live batches that this full list replaces, by the registry's number. */
  readonly replaces: ReadonlySet<number>
  readonly facts: SortedFacts
  /** Operation, date and network of a document; `head` is equal for documents that make the same fact. */
  readonly docs: {
    head(no: number): number
    factOf(no: number): Pick<Fact, 'op' | 'date'> & { readonly network: Fact['network'] | null }
  }
}

export interface ComputedEffect {
  readonly effect: Effect
  /** IMEIs that leave grey. */
  readonly offGrey: number
  readonly reviewed: string
}

/** Takes the move of each touched IMEI, ascending; `at` is its place among the staged facts, -1 when it is only in a replaced list. */
export type TakeMove = (imei14: Imei14, at: number, move: number) => void

/**
 * Merges staged facts with the mirror's live facts and computes what becomes of every IMEI, with the same policy code the registry
 * uses. `between` is called every few thousand IMEIs and may throw to stop.
 */
export function computeEffect(
  cache: Reader,
  policy: Policy,
  staged: StagedFacts,
  take: TakeMove,
  between: (done: number) => void,
): ComputedEffect {
  const appeals = openAppealImeis(cache)
  const effect = noEffect()
  const reviewed = new ReviewedMoves(createHash('sha256'))
  const make = factMaker(staged)
  const alone = new Map<number, Listing>()
  const { keys, docs, count } = staged.facts
  let offGrey = 0
  let at = 0
  let done = 0
  for (const { imei14, facts } of factsOfSorted(cache, touchedKeys(cache, staged))) {
    const doc = at < count && keys[at] === imei14 ? (docs[at] as number) : 0
    let before: Listing
    let after: Listing
    if (facts.length === 0 && doc !== 0) {
      before = listingOf(facts, policy)
      const head = staged.docs.head(doc)
      after = alone.get(head) ?? listingOf([make(doc)], policy)
      alone.set(head, after)
    } else {
      before = listingOf(facts, policy)
      const kept = staged.replaces.size === 0 ? facts : facts.filter((f) => !staged.replaces.has(f.no))
      after = listingOf(doc === 0 ? kept : [...kept, make(doc)], policy)
    }
    const underAppeal = appeals.has(imei14)
    countMove(effect, before, after, underAppeal)
    if (before.list === 'grey' && after.list !== 'grey') offGrey++
    reviewed.add(imei14, before.list, after.list)
    take(imei14, doc === 0 ? -1 : at, moveOf(before, after, underAppeal))
    if (doc !== 0) at++
    if ((++done & 4095) === 0) between(done)
  }
  return { effect, offGrey, reviewed: reviewed.digest() }
}

function factMaker(staged: StagedFacts): (doc: number) => Fact {
  const kind = FACT_OF_BATCH[staged.kind]
  if (kind === null) throw new Error(`a ${staged.kind} batch brings no facts`)
  return (doc) => {
    const { op, date, network } = staged.docs.factOf(doc)
    const fact = { kind, op, date, source: staged.source, batch: staged.batch, seq: Number.POSITIVE_INFINITY }
    return network === null || network === undefined ? fact : { ...fact, network }
  }
}

/** Keys of the staged facts and of the lists they replace, ascending, each once. */
function* touchedKeys(cache: Reader, staged: StagedFacts): Generator<Imei14> {
  const { keys, count } = staged.facts
  let at = 0
  if (staged.replaces.size > 0) {
    for (const imei14 of keysOfBatches(cache, [...staged.replaces])) {
      while (at < count && (keys[at] as number) < imei14) yield keys[at++] as number
      if (at < count && keys[at] === imei14) at++
      yield imei14
    }
  }
  while (at < count) yield keys[at++] as number
}

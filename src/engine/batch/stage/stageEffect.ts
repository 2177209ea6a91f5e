import { createHash } from 'node:crypto'
import { ReviewedMoves } from '../../../contract/fingerprint.ts'
import { FACT_OF_BATCH, type ImportKind } from '../../../domain/batch.ts'
import { countMove, type Effect, noEffect } from '../../../domain/effect.ts'
import type { Fact, FactKind, Imei14, SourceBody } from '../../../domain/fact.ts'
import type { Listing } from '../../../domain/listing.ts'
import { listingOf, type Policy } from '../../../domain/policy.ts'
import { eachFacts, type StoredFact } from '../../db/facts.ts'
import type { Reader } from '../../db/handle.ts'
import { openAppealImeis } from '../../db/mirror.ts'
import { keysOfBatches } from '../queries.ts'
import type { SortedFacts } from './deviceColumns.ts'
import { moveOf, UNDER_APPEAL } from './moves.ts'

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

/** Sees an IMEI of the file of which something is known already, or which the file takes out; `before` is its listing now. */
export type LookAt = (at: number, facts: readonly StoredFact[], before: Listing) => void

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
  look?: LookAt,
): ComputedEffect {
  const appeals = openAppealImeis(cache)
  const effect = noEffect()
  const reviewed = new ReviewedMoves(createHash('sha256'))
  const listings = new Listings(staged, policy)
  const { keys, docs, count } = staged.facts
  let offGrey = 0
  let at = 0
  let done = 0
  eachFacts(cache, touchedKeys(cache, staged), (imei14, facts) => {
    const doc = at < count && keys[at] === imei14 ? (docs[at] as number) : 0
    const { before, after, move, removes } = listings.of(facts, doc)
    if (look && doc !== 0 && (facts.length > 0 || removes)) look(at, facts, before)
    const underAppeal = appeals.size > 0 && appeals.has(imei14)
    countMove(effect, before, after, underAppeal)
    if (before.list === 'grey' && after.list !== 'grey') offGrey++
    reviewed.add(imei14, before.list, after.list)
    take(imei14, doc === 0 ? -1 : at, underAppeal ? move + UNDER_APPEAL : move)
    if (doc !== 0) at++
    if ((++done & 4095) === 0) between(done)
  })
  return { effect, offGrey, reviewed: reviewed.digest() }
}

/** So many combinations of documents are remembered. */
const REMEMBERED = 50_000

interface BeforeAfter {
  readonly before: Listing
  readonly after: Listing
  /** See `moveOf`, without an appeal. */
  readonly move: number
  /** Whether the staged fact takes the IMEI out. */
  readonly removes: boolean
}

/** Listings before and after: IMEIs reported in the same documents have the same, so each combination is computed once. */
class Listings {
  readonly #staged: StagedFacts
  readonly #policy: Policy
  readonly #kind: FactKind
  readonly #known = new Map<string, BeforeAfter>()
  /** Of IMEIs of which nothing is known, by the head of their document: most IMEIs of most files. */
  readonly #fresh: BeforeAfter[] = []

  constructor(staged: StagedFacts, policy: Policy) {
    const kind = FACT_OF_BATCH[staged.kind]
    if (kind === null) throw new Error(`a ${staged.kind} batch brings no facts`)
    this.#kind = kind
    this.#staged = staged
    this.#policy = policy
  }

  /** @param doc document of the staged fact; 0 where the IMEI is only in a replaced list */
  of(facts: readonly StoredFact[], doc: number): BeforeAfter {
    const head = doc === 0 ? -1 : this.#staged.docs.head(doc)
    if (facts.length === 0 && doc !== 0) return this.#ofFresh(head, doc)
    let key = `${head}`
    for (const f of facts) key += `|${f.no}:${f.doc}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    const computed = this.#compute(facts, doc)
    this.#known.set(key, computed)
    return computed
  }

  #ofFresh(head: number, doc: number): BeforeAfter {
    let computed = this.#fresh[head]
    if (computed === undefined) {
      computed = this.#compute([], doc)
      this.#fresh[head] = computed
    }
    return computed
  }

  #compute(facts: readonly StoredFact[], doc: number): BeforeAfter {
    const { replaces } = this.#staged
    const kept: Fact[] = facts.filter((f) => !replaces.has(f.no))
    const made = doc === 0 ? null : this.#make(doc)
    if (made) kept.push(made)
    const before = listingOf(facts, this.#policy)
    const after = listingOf(kept, this.#policy)
    return { before, after, move: moveOf(before, after, false), removes: made?.op === 'remove' }
  }

  #make(doc: number): Fact {
    const { docs, source, batch } = this.#staged
    const { op, date, network } = docs.factOf(doc)
    const fact = { kind: this.#kind, op, date, source, batch, seq: Number.POSITIVE_INFINITY }
    return network === null || network === undefined ? fact : { ...fact, network }
  }
}

/** Keys of the staged facts and of the lists they replace, ascending, each once. */
const touchedKeys = (cache: Reader, staged: StagedFacts): Iterable<Imei14> =>
  staged.replaces.size === 0 ? staged.facts.keys.subarray(0, staged.facts.count) : mergedKeys(cache, staged)

function* mergedKeys(cache: Reader, staged: StagedFacts): Generator<Imei14> {
  const { keys, count } = staged.facts
  let at = 0
  for (const imei14 of keysOfBatches(cache, [...staged.replaces])) {
    while (at < count && (keys[at] as number) < imei14) yield keys[at++] as number
    if (at < count && keys[at] === imei14) at++
    yield imei14
  }
  while (at < count) yield keys[at++] as number
}

import { ReviewedMoves } from '../../contract/fingerprint.ts'
import { type BatchKind, FACT_OF_BATCH } from '../../domain/batch.ts'
import { countMove, type Effect, noEffect } from '../../domain/effect.ts'
import type { Fact, Imei14, SourceBody } from '../../domain/fact.ts'
import { type Listing, sameListing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { openAppealImeis } from '../db/appeal/queries.ts'
import {
  factOf,
  type LiveBatch,
  liveBatches,
  type Move,
  noteMoves,
  type TouchedFact,
  touchedFacts,
} from '../db/fact/queries.ts'
import type { Tx } from '../db/transaction.ts'
import type { BatchRows } from '../segment/batchRows.ts'
import { gatheringSha256 } from '../segment/contentOf.ts'

/** What an act would do to listings. */
export interface Judged {
  readonly effect: Effect
  /** Hash of the moves into and out of black. */
  readonly reviewed: string
  /** IMEIs that leave grey. */
  readonly offGrey: number
  /** A row that takes away what another body listed. */
  readonly foreign: { readonly imei14: Imei14; readonly owner: SourceBody } | null
}

/** Rows that would count from now. */
export interface Added {
  readonly rows: BatchRows
  readonly batch: { readonly id: string; readonly kind: BatchKind; readonly source: SourceBody }
}

const MOVES_AT_ONCE = 20_000
/** Most combinations of documents whose listing is remembered: rows of a declaration share theirs. */
const REMEMBERED = 20_000

/**
 * Computes the listings of all touched IMEIs before and after an act with the rules of the domain, in order of IMEI, and notes the
 * moves for `applyMoves`. `ended`: batches whose facts would no longer count. The writer's row is held and `touched` is filled.
 */
export async function judge(tx: Tx, policy: Policy, added: Added | null, ended: ReadonlySet<number>): Promise<Judged> {
  const judging = new Judging(policy, added, ended, await liveBatches(tx), await openAppealImeis(tx))
  let moves: Move[] = []
  // rows come while the cursor is read; COPY of noted moves goes between two fetches
  for await (const some of touchedFacts(tx)) {
    for (const row of some) judging.take(row, moves)
    if (moves.length >= MOVES_AT_ONCE) {
      await noteMoves(tx, moves)
      moves = []
    }
  }
  for (const _ of judging.rest(moves))
    if (moves.length >= MOVES_AT_ONCE) {
      await noteMoves(tx, moves)
      moves = []
    }
  await noteMoves(tx, moves)
  return judging.judged()
}

class Judging {
  readonly #policy: Policy
  readonly #added: Added | null
  readonly #ended: ReadonlySet<number>
  readonly #live: ReadonlyMap<number, LiveBatch>
  readonly #underAppeal: ReadonlySet<Imei14>
  readonly #effect = noEffect()
  readonly #moves = new ReviewedMoves(gatheringSha256())
  readonly #remembered = new Map<string, { before: Listing; after: Listing }>()
  readonly #newFacts = new Map<number, Fact>()
  #offGrey = 0
  #foreign: Judged['foreign'] = null
  /** Place in the added rows. */
  #next = 0
  #group: TouchedFact[] = []

  constructor(
    policy: Policy,
    added: Added | null,
    ended: ReadonlySet<number>,
    live: readonly LiveBatch[],
    underAppeal: ReadonlySet<Imei14>,
  ) {
    this.#policy = policy
    this.#added = added
    this.#ended = ended
    this.#live = new Map(live.map((b) => [b.no, b]))
    this.#underAppeal = underAppeal
    const next = { ...(added?.batch ?? { id: '', kind: 'customs', source: 'customs' }), seq: Number.POSITIVE_INFINITY }
    for (const doc of added?.rows.docs.values() ?? []) this.#newFacts.set(doc.no, factOf(next as LiveBatch, doc))
  }

  /** Takes one existing fact; facts come in order of IMEI. */
  take(row: TouchedFact, moves: Move[]): void {
    const current = this.#group[0]
    if (current && current[0] !== row[0]) this.#finish(moves)
    this.#group.push(row)
  }

  /** Judges what is left: the last IMEI with facts, and the added ones behind it. */
  *rest(moves: Move[]): Generator<void> {
    if (this.#group.length > 0) this.#finish(moves)
    const facts = this.#added?.rows.facts
    while (facts && this.#next < facts.length) {
      this.#one(facts.imei14[this.#next] ?? 0, [], this.#next, moves)
      this.#next++
      if (this.#next % MOVES_AT_ONCE === 0) yield
    }
    yield
  }

  judged(): Judged {
    return { effect: this.#effect, reviewed: this.#moves.digest(), offGrey: this.#offGrey, foreign: this.#foreign }
  }

  #finish(moves: Move[]): void {
    const group = this.#group
    this.#group = []
    const imei14 = group[0]?.[0] ?? 0
    const facts = this.#added?.rows.facts
    for (; facts && this.#next < facts.length && (facts.imei14[this.#next] ?? 0) < imei14; this.#next++)
      this.#one(facts.imei14[this.#next] ?? 0, [], this.#next, moves)
    const isAdded = facts && this.#next < facts.length && facts.imei14[this.#next] === imei14
    this.#one(imei14, group, isAdded ? this.#next++ : -1, moves)
  }

  #one(imei14: Imei14, group: readonly TouchedFact[], addedAt: number, moves: Move[]): void {
    const doc = addedAt < 0 ? -1 : (this.#added?.rows.facts.doc[addedAt] ?? -1)
    const fact = this.#newFacts.get(doc)
    if (fact?.op === 'remove') this.#checkOwner(imei14, fact, group)
    const { before, after } = this.#listings(group, doc, fact)
    countMove(this.#effect, before, after, this.#underAppeal.has(imei14))
    this.#moves.add(imei14, before.list, after.list)
    if (before.list === 'grey' && after.list !== 'grey') this.#offGrey++
    const stored = before.list === 'grey' || before.list === 'black' || after.list === 'grey' || after.list === 'black'
    if (stored && !sameListing(before, after)) moves.push({ imei14, before, after })
  }

  #listings(group: readonly TouchedFact[], doc: number, fact: Fact | undefined): { before: Listing; after: Listing } {
    let key = String(doc)
    for (const row of group) key += `|${row[1]}:${row[2]}`
    const known = this.#remembered.get(key)
    if (known) return known
    const now = group.map((row) => this.#existing(row))
    const stay = this.#ended.size > 0 ? now.filter((_, i) => !this.#ended.has(group[i]?.[1] ?? 0)) : now
    const both = {
      before: listingOf(now, this.#policy),
      after: listingOf(fact ? [...stay, fact] : stay, this.#policy),
    }
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear()
    this.#remembered.set(key, both)
    return both
  }

  #existing([, no, , op, date, network]: TouchedFact): Fact {
    const batch = this.#live.get(no)
    if (!batch) throw new Error(`batch ${no} has live facts but is not live`)
    return factOf(batch, { op, date, network })
  }

  /** Only the body that listed an IMEI may unlist it. */
  #checkOwner(imei14: Imei14, remove: Fact, group: readonly TouchedFact[]): void {
    const kind = (no: number) => FACT_OF_BATCH[this.#live.get(no)?.kind ?? 'tac']
    const adds = group.filter(([, no, , op]) => op === 'add' && kind(no) === remove.kind)
    const sources = adds.map(([, no]) => this.#live.get(no)?.source)
    const other = sources.find((source) => source !== remove.source)
    if (other && !sources.includes(remove.source)) this.#foreign ??= { imei14, owner: other }
  }
}

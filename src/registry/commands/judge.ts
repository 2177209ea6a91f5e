import { ReviewedMoves } from '../../contract/fingerprint.ts'
import { type BatchKind, FACT_OF_BATCH } from '../../domain/batch.ts'
import { countMove, type Effect, noEffect } from '../../domain/effect.ts'
import type { Fact, Imei14, SourceBody } from '../../domain/fact.ts'
import { FigureTally } from '../../domain/figureTally.ts'
import { type Listing, sameListing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { openAppealImeis } from '../db/appeal/queries.ts'
import {
  batchesByNumber,
  factOf,
  imeisOfBatches,
  liveBatches,
  type Move,
  noteFigures,
  noteMoves,
  startMoving,
} from '../db/fact/queries.ts'
import type { Tx } from '../db/transaction.ts'
import type { BatchRows } from '../segment/batchRows.ts'
import { gatheringSha256 } from '../segment/contentOf.ts'
import { type KnownFact, type KnownFacts, LiveFacts } from './liveFacts.ts'

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

/** Batches whose facts would no longer count, and ended ones that would count again. */
export interface Turned {
  readonly ended: readonly number[]
  readonly revived?: readonly number[]
}

/** IMEIs whose facts are read together. */
const CHUNK = 10_000
/** Most combinations of documents whose listing is remembered: rows of a declaration share theirs. */
const REMEMBERED = 20_000

/**
 * Computes the listings of all touched IMEIs before and after an act with the rules of the domain, in order of IMEI, and notes the
 * moves for `applyMoves`. The writer's row is held.
 */
export async function judge(
  tx: Tx,
  policy: Policy,
  added: Added | null,
  { ended, revived = [] }: Turned,
): Promise<Judged> {
  await startMoving(tx)
  const turned = [...ended, ...revived]
  const facts = new LiveFacts(tx, [...(await liveBatches(tx)), ...(await batchesByNumber(tx, revived))])
  const judging = new Judging(policy, added, new Set(ended), new Set(revived), await openAppealImeis(tx))
  const chunks = added ? factsOfKeys(facts, await touchedKeys(tx, added, turned)) : facts.beside(turned)
  for await (const chunk of chunks) {
    const moves: Move[] = []
    for (const [imei14, known] of chunk) judging.one(imei14, known, moves)
    if (moves.length > 0) await noteMoves(tx, moves)
  }
  await noteFigures(tx, judging.figures.changes())
  return judging.judged()
}

/** The facts of IMEIs given ascending, some thousand at a time. */
async function* factsOfKeys(facts: LiveFacts, keys: Float64Array): AsyncGenerator<KnownFacts> {
  const factsAt = (from: number): Promise<KnownFacts> => {
    const found = facts.of(Array.from(keys.subarray(from, from + CHUNK)))
    // heard when its turn comes
    found.catch(() => undefined)
    return found
  }
  let coming = factsAt(0)
  for (let from = 0; from < keys.length; from += CHUNK) {
    const found = await coming
    // the database gathers the next facts while these are judged
    coming = factsAt(from + CHUNK)
    yield found
  }
}

/** The IMEIs of added rows and of turned batches, each once, ascending. */
async function touchedKeys(tx: Tx, added: Added, turned: readonly number[]): Promise<Float64Array> {
  const rows = added.rows.facts
  const own = rows.imei14.subarray(0, rows.length)
  if (turned.length === 0) return own
  const others = await imeisOfBatches(tx, turned)
  if (own.length === 0) return others
  const both = new Float64Array(own.length + others.length)
  both.set(own)
  both.set(others, own.length)
  both.sort()
  let length = 0
  for (const key of both) if (length === 0 || both[length - 1] !== key) both[length++] = key
  return both.subarray(0, length)
}

interface Both {
  readonly before: Listing
  readonly after: Listing
}

class Judging {
  readonly #policy: Policy
  readonly #added: Added | null
  readonly #ended: ReadonlySet<number>
  readonly #revived: ReadonlySet<number>
  readonly #underAppeal: ReadonlySet<Imei14>
  readonly #effect = noEffect()
  readonly #moves = new ReviewedMoves(gatheringSha256())
  /** White too, whose moves nobody stores. */
  readonly figures = new FigureTally()
  readonly #remembered = new Map<string, Both>()
  /** Of IMEIs with a single fact and no row added. */
  readonly #alone = new Map<KnownFact, Both>()
  readonly #newFacts = new Map<number, Fact>()
  #offGrey = 0
  #foreign: Judged['foreign'] = null
  /** Place in the added rows. */
  #next = 0

  constructor(
    policy: Policy,
    added: Added | null,
    ended: ReadonlySet<number>,
    revived: ReadonlySet<number>,
    underAppeal: ReadonlySet<Imei14>,
  ) {
    this.#policy = policy
    this.#added = added
    this.#ended = ended
    this.#revived = revived
    this.#underAppeal = underAppeal
    if (!added || !FACT_OF_BATCH[added.batch.kind]) return
    const staged = { ...added.batch, seq: Number.POSITIVE_INFINITY }
    for (const doc of added.rows.docs.values()) this.#newFacts.set(doc.no, factOf(staged, doc))
  }

  /** Judges one IMEI; they come ascending. */
  one(imei14: Imei14, facts: readonly KnownFact[], moves: Move[]): void {
    const doc = this.#addedDoc(imei14)
    const fact = this.#newFacts.get(doc)
    if (fact?.op === 'remove') this.#checkOwner(imei14, fact, facts)
    const { before, after } = this.#listings(facts, doc, fact)
    countMove(this.#effect, before, after, this.#underAppeal.has(imei14))
    this.#moves.add(imei14, before.list, after.list)
    if (before.list === 'grey' && after.list !== 'grey') this.#offGrey++
    this.figures.add(before, after)
    const stored = before.list === 'grey' || before.list === 'black' || after.list === 'grey' || after.list === 'black'
    if (stored && !sameListing(before, after)) moves.push({ imei14, before, after })
  }

  judged(): Judged {
    return { effect: this.#effect, reviewed: this.#moves.digest(), offGrey: this.#offGrey, foreign: this.#foreign }
  }

  /** Document of the added row of this IMEI, -1 when none is added. */
  #addedDoc(imei14: Imei14): number {
    const rows = this.#added?.rows.facts
    if (!rows || this.#next >= rows.length || rows.imei14[this.#next] !== imei14) return -1
    return rows.doc[this.#next++] ?? -1
  }

  #listings(facts: readonly KnownFact[], doc: number, fact: Fact | undefined): Both {
    const [only] = facts
    // most have a single fact and share it with the rows beside them
    if (only && facts.length === 1 && doc === -1) return this.#alone.get(only) ?? this.#alonePut(only)
    let key = String(doc)
    for (const f of facts) key += f.key
    const known = this.#remembered.get(key)
    if (known) return known
    const both = this.#compute(facts, fact)
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear()
    this.#remembered.set(key, both)
    return both
  }

  #alonePut(only: KnownFact): Both {
    const both = this.#compute([only], undefined)
    if (this.#alone.size >= REMEMBERED) this.#alone.clear()
    this.#alone.set(only, both)
    return both
  }

  #compute(facts: readonly KnownFact[], fact: Fact | undefined): Both {
    const now = facts.filter((f) => !this.#revived.has(f.no)).map((f) => f.fact)
    const stay = facts.filter((f) => !this.#ended.has(f.no)).map((f) => f.fact)
    return {
      before: listingOf(now, this.#policy),
      after: listingOf(fact ? [...stay, fact] : stay, this.#policy),
    }
  }

  /** Only the body that listed an IMEI may unlist it. */
  #checkOwner(imei14: Imei14, remove: Fact, facts: readonly KnownFact[]): void {
    const sources = facts.filter(({ fact: f }) => f.op === 'add' && f.kind === remove.kind).map((f) => f.fact.source)
    const other = sources.find((source) => source !== remove.source)
    if (other && !sources.includes(remove.source)) this.#foreign ??= { imei14, owner: other }
  }
}

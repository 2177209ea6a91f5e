import type { Simulated, SimulationAsk } from '../../contract/simulation.ts'
import { changedTerms } from '../../domain/changedTerms.ts'
import type { Fact, Imei14, IsoDate, Operator } from '../../domain/fact.ts'
import type { Listing } from '../../domain/listing.ts'
import { listingOf, type Policy } from '../../domain/policy.ts'
import { changedPolicy, movesListings } from '../../domain/policyChange.ts'
import { ProblemError, trouble } from '../../domain/problem.ts'
import { JUDGED_WHOLE, movesStoredOnly, SimulationTally } from '../../domain/simulation.ts'
import { currentPolicy } from '../db/directory/queries.ts'
import { docsOf, type FactRow, factOf, type LiveBatch, liveBatches } from '../db/fact/queries.ts'
import {
  ALL_FACTS,
  brandsByTac,
  FACTS_OF_LISTED,
  factsCount,
  openAppeals,
  policyOfVersion,
} from '../db/listing/queries.ts'
import type { Database } from '../db/pool.ts'
import { cursorRows, snapshot, type Tx } from '../db/transaction.ts'

/** Rows whose documents are learnt together. */
const BLOCK = 20_000
const REMEMBERED = 100_000

/** What another policy would move, over the facts of one moment. Stops between two blocks of rows once `signal` is aborted. */
export const simulate = (
  db: Database,
  ask: SimulationAsk & { readonly today: IsoDate },
  signal: AbortSignal,
  judgedWhole = JUDGED_WHOLE,
): Promise<Simulated> =>
  snapshot(db, async (tx) => {
    const inForce = await currentPolicy(tx)
    const before = ask.from === null ? inForce : await versionOf(tx, ask.from)
    const base = ask.to === null ? inForce : await versionOf(tx, ask.to)
    const changed = changedPolicy(base, ask.set)
    if (!changed.ok) throw new ProblemError(changed.problem)
    const after = ask.to !== null && ask.set.length === 0 ? base : changed.value
    const tally = new SimulationTally()
    const isLarge = (await factsCount(tx)) > judgedWhole
    const narrowed = isLarge && movesStoredOnly(inForce, before) && movesStoredOnly(inForce, after)
    if (movesListings(before, after))
      await new Judging(tx, before, after, tally).all(narrowed ? FACTS_OF_LISTED : ALL_FACTS, signal)
    const brands = await brandsByTac(tx)
    const terms = changedTerms(before, after, ask.today)
    return {
      from: before.version,
      to: after.version,
      narrowed,
      terms,
      ...tally.result((tac) => brands.get(tac) ?? null),
    }
  })

async function versionOf(tx: Tx, version: number): Promise<Policy> {
  const policy = await policyOfVersion(tx, version)
  if (!policy) throw trouble('policy-unusable', { key: 'version', value: String(version) })
  return policy
}

interface Both {
  readonly before: Listing
  readonly after: Listing
  readonly operator: Operator | null
}

/** Judges IMEIs as their facts come by, in order of IMEI. */
class Judging {
  readonly #tx: Tx
  readonly #before: Policy
  readonly #after: Policy
  readonly #tally: SimulationTally
  readonly #facts = new Map<string, Fact>()
  readonly #remembered = new Map<string, Both>()
  #appeals: ReadonlyMap<Imei14, string> = new Map()

  constructor(tx: Tx, before: Policy, after: Policy, tally: SimulationTally) {
    this.#tx = tx
    this.#before = before
    this.#after = after
    this.#tally = tally
  }

  async all(sql: string, signal: AbortSignal): Promise<void> {
    const live = new Map((await liveBatches(this.#tx)).map((b) => [b.no, b]))
    this.#appeals = await openAppeals(this.#tx)
    let block: FactRow[] = []
    for await (const row of cursorRows<FactRow>(this.#tx, sql, [])) {
      // a block ends between two IMEIs
      if (block.length >= BLOCK && row[0] !== block.at(-1)?.[0]) {
        await this.#block(block, live)
        block = []
        if (signal.aborted) throw trouble('cancelled')
      }
      block.push(row)
    }
    await this.#block(block, live)
  }

  async #block(rows: readonly FactRow[], live: ReadonlyMap<number, LiveBatch>): Promise<void> {
    await this.#learn(rows, live)
    let facts: string[] = []
    rows.forEach(([imei14, batch, doc], i) => {
      if (live.has(batch)) facts.push(`${batch}:${doc}`)
      if (rows[i + 1]?.[0] === imei14) return
      const { before, after, operator } = this.#both(facts)
      this.#tally.add(imei14, before, after, operator, this.#appeals.get(imei14))
      facts = []
    })
  }

  #both(keys: readonly string[]): Both {
    const name = keys.join('|')
    const known = this.#remembered.get(name)
    if (known) return known
    const facts = keys.flatMap((key) => this.#facts.get(key) ?? [])
    const both = {
      before: listingOf(facts, this.#before),
      after: listingOf(facts, this.#after),
      operator: operatorOf(facts),
    }
    if (this.#remembered.size >= REMEMBERED) this.#remembered.clear()
    this.#remembered.set(name, both)
    return both
  }

  /** Reads what documents say that were not met before. */
  async #learn(rows: readonly FactRow[], live: ReadonlyMap<number, LiveBatch>): Promise<void> {
    const wanted = new Map<string, { batch: number; no: number }>()
    for (const [, batch, no] of rows) {
      const key = `${batch}:${no}`
      if (live.has(batch) && !this.#facts.has(key)) wanted.set(key, { batch, no })
    }
    if (wanted.size === 0) return
    for (const doc of await docsOf(this.#tx, [...wanted.values()])) {
      const batch = live.get(doc.batch)
      if (batch) this.#facts.set(`${doc.batch}:${doc.no}`, factOf(batch, doc))
    }
  }
}

/** Operator of the first sighting at home. */
function operatorOf(facts: readonly Fact[]): Operator | null {
  let first: Fact | undefined
  for (const f of facts)
    if (f.kind === 'seen' && f.op === 'add' && (f.network ?? 'home') === 'home' && (!first || f.date < first.date))
      first = f
  return first ? (first.source as Operator) : null
}

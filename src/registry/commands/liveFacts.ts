import type { Fact, Imei14 } from '../../domain/fact.ts'
import { docsOf, type FactRow, factOf, factRows, factsBeside, type LiveBatch } from '../db/fact/queries.ts'
import type { Tx } from '../db/transaction.ts'

/** A live fact with the number of its batch and document. */
export interface KnownFact {
  readonly no: number
  readonly doc: number
  /** Batch and document as one word. */
  readonly key: string
  readonly fact: Fact
}

/** IMEIs ascending, each with its live facts. */
export type KnownFacts = (readonly [imei14: Imei14, facts: readonly KnownFact[]])[]

const KEPT = 200_000
const NONE: readonly KnownFact[] = []

/** Reads live facts of many IMEIs; what documents say is read once, since rows share them. */
export class LiveFacts {
  readonly #tx: Tx
  readonly #live: ReadonlyMap<number, LiveBatch>
  /** By batch and document. */
  readonly #known = new Map<number, Map<number, KnownFact>>()
  #kept = 0

  constructor(tx: Tx, live: readonly LiveBatch[]) {
    this.#tx = tx
    this.#live = new Map(live.map((b) => [b.no, b]))
  }

  /** The live facts of some thousand IMEIs, given ascending; also of those that have none. */
  async of(imeis: readonly Imei14[]): Promise<KnownFacts> {
    if (imeis.length === 0) return []
    const found = await this.#together(await factRows(this.#tx, imeis))
    let next = 0
    return imeis.map((imei14) => (found[next]?.[0] === imei14 ? (found[next++] ?? [imei14, NONE]) : [imei14, NONE]))
  }

  /** The live facts of all IMEIs of batches, some thousand rows at a time. */
  async *beside(batches: readonly number[]): AsyncGenerator<KnownFacts> {
    for await (const rows of factsBeside(this.#tx, batches)) yield this.#together(rows)
  }

  /** Rows in order of IMEI, those of an IMEI together; IMEIs whose facts all ended have an empty list. */
  async #together(rows: readonly FactRow[]): Promise<KnownFacts> {
    await this.#learn(rows)
    const found: (readonly [Imei14, KnownFact[]])[] = []
    let last: readonly [Imei14, KnownFact[]] | undefined
    for (const [imei14, batch, doc] of rows) {
      if (last?.[0] !== imei14) {
        last = [imei14, []]
        found.push(last)
      }
      if (!this.#live.has(batch)) continue
      const fact = this.#known.get(batch)?.get(doc)
      if (!fact) throw new Error(`fact ${imei14} names document ${doc} of batch ${batch}, which is missing`)
      last[1].push(fact)
    }
    return found
  }

  async #learn(rows: readonly FactRow[]): Promise<void> {
    if (this.#kept > KEPT) {
      this.#known.clear()
      this.#kept = 0
    }
    const wanted = new Map<string, { batch: number; no: number }>()
    for (const [, batch, no] of rows)
      if (this.#live.has(batch) && !this.#known.get(batch)?.has(no)) wanted.set(`${batch}:${no}`, { batch, no })
    if (wanted.size === 0) return
    for (const doc of await docsOf(this.#tx, [...wanted.values()])) {
      const batch = this.#live.get(doc.batch)
      if (!batch) continue
      const ofBatch = this.#known.get(doc.batch) ?? new Map<number, KnownFact>()
      this.#known.set(doc.batch, ofBatch)
      ofBatch.set(doc.no, { no: doc.batch, doc: doc.no, key: `|${doc.batch}:${doc.no}`, fact: factOf(batch, doc) })
      this.#kept++
    }
  }
}

import type { Fact, Imei14 } from '../../domain/fact.ts'
import { docsOf, type FactRow, factOf, factRows, type LiveBatch } from '../db/fact/queries.ts'
import type { Tx } from '../db/transaction.ts'

/** A live fact with the number of its batch and document. */
export interface KnownFact {
  readonly no: number
  readonly doc: number
  readonly fact: Fact
}

const KEPT = 200_000

/** Reads live facts of many IMEIs; what documents say is read once, since rows share them. */
export class LiveFacts {
  readonly #tx: Tx
  readonly #live: ReadonlyMap<number, LiveBatch>
  readonly #known = new Map<string, KnownFact>()

  constructor(tx: Tx, live: readonly LiveBatch[]) {
    this.#tx = tx
    this.#live = new Map(live.map((b) => [b.no, b]))
  }

  /** The live facts of some thousand IMEIs, given ascending. */
  async of(imeis: readonly Imei14[]): Promise<Map<Imei14, KnownFact[]>> {
    const rows = (await factRows(this.#tx, imeis)).filter(([, batch]) => this.#live.has(batch))
    await this.#learn(rows)
    const found = new Map<Imei14, KnownFact[]>()
    for (const [imei14, batch, doc] of rows) {
      const fact = this.#known.get(`${batch}:${doc}`)
      if (!fact) throw new Error(`fact ${imei14} names document ${doc} of batch ${batch}, which is missing`)
      const others = found.get(imei14)
      if (others) others.push(fact)
      else found.set(imei14, [fact])
    }
    return found
  }

  async #learn(rows: readonly FactRow[]): Promise<void> {
    if (this.#known.size > KEPT) this.#known.clear()
    const wanted = new Map<string, { batch: number; no: number }>()
    for (const [, batch, no] of rows) {
      const key = `${batch}:${no}`
      if (!this.#known.has(key)) wanted.set(key, { batch, no })
    }
    if (wanted.size === 0) return
    for (const doc of await docsOf(this.#tx, [...wanted.values()])) {
      const batch = this.#live.get(doc.batch)
      if (batch) this.#known.set(`${doc.batch}:${doc.no}`, { no: doc.batch, doc: doc.no, fact: factOf(batch, doc) })
    }
  }
}

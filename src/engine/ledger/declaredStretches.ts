import type { Imei14 } from '../../domain/fact.ts'
import type { Reader } from '../db/handle.ts'
import { cursorOf } from '../db/mirror.ts'
import { docsInStretch, endOfStretch, liveCustoms } from './queries.ts'

/** Facts of one stretch of IMEIs; read in some hundredths of a second. */
const FACTS_A_STRETCH = 50_000

/** What a document of a customs list declares, and where its IMEIs lie. */
interface Declared {
  devices: number
  /** Numbers of the stretches its IMEIs lie in, ascending. */
  readonly stretches: number[]
}

/** Between two stretches: other calls are answered, and who asked may have had enough. */
export type Breathe = () => Promise<void>

/**
 * Where the IMEIs of customs documents lie among all facts, and how many devices each declares: learnt in one pass over the facts when first
 * asked for, and remembered, since what a batch brought never changes. IMEIs are kept by batch for small batches only; those of one
 * declaration among thirty million are found in the few stretches it reaches into.
 */
export class DeclaredStretches {
  readonly #factsAStretch: number
  /** The stretches that hold anything, of each pass. */
  #bounds: { after: Imei14; last: Imei14 }[] = []
  readonly #batches = new Map<number, Map<number, Declared>>()
  /** Of another history everything is learnt anew. */
  #epoch: string | null = null
  #reading: Promise<void> | null = null

  constructor(factsAStretch = FACTS_A_STRETCH) {
    this.#factsAStretch = factsAStretch
  }

  /** Learns what is not known yet of the live customs batches. */
  async learn(cache: Reader, breathe: Breathe): Promise<void> {
    while (this.#reading) await this.#reading.catch(() => undefined)
    this.#forgetOtherHistory(cache)
    const live = liveCustoms(cache)
    for (const batch of this.#batches.keys()) if (!live.includes(batch)) this.#batches.delete(batch)
    const unknown = live.filter((batch) => !this.#batches.has(batch))
    if (unknown.length === 0) return
    this.#reading = this.#pass(cache, unknown, breathe).finally(() => {
      this.#reading = null
    })
    await this.#reading
  }

  /** Devices among the IMEIs of a document. */
  devices(batch: number, doc: number): number {
    return this.#batches.get(batch)?.get(doc)?.devices ?? 0
  }

  /** Stretches of IMEIs in which those of some documents of a batch lie, ascending. */
  of(batch: number, docs: readonly number[]): { after: Imei14; last: Imei14 }[] {
    const declared = this.#batches.get(batch)
    const places = new Set(docs.flatMap((doc) => declared?.get(doc)?.stretches ?? []))
    return [...places].sort((a, b) => a - b).flatMap((place) => this.#bounds[place] ?? [])
  }

  #forgetOtherHistory(cache: Reader): void {
    const { epoch } = cursorOf(cache)
    if (epoch === this.#epoch) return
    this.#epoch = epoch
    this.#batches.clear()
    this.#bounds = []
  }

  async #pass(cache: Reader, batches: readonly number[], breathe: Breathe): Promise<void> {
    const found = new Map(batches.map((batch) => [batch, new Map<number, Declared>()]))
    for (let after: Imei14 = -1; ; ) {
      const last = endOfStretch(cache, after, this.#factsAStretch)
      if (last === null) break
      const rows = docsInStretch(cache, after, last, batches)
      if (rows.length > 0) this.#bounds.push({ after, last })
      for (const [batch, doc, devices] of rows) {
        const docs = found.get(batch)
        const declared = docs?.get(doc) ?? { devices: 0, stretches: [] }
        declared.devices += devices
        declared.stretches.push(this.#bounds.length - 1)
        docs?.set(doc, declared)
      }
      after = last
      await breathe()
    }
    for (const [batch, docs] of found) this.#batches.set(batch, docs)
  }
}

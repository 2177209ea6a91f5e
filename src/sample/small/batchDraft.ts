import type { Imei14 } from '../../domain/fact.ts'
import type { SampleBatch, SampleBatchHead, SampleCrossing, SampleDoc, SampleFact, SampleTac } from '../shape.ts'

/** A batch while it is filled: devices come with the document they are reported in. */
export class BatchDraft {
  readonly #head: SampleBatchHead
  readonly #docs: SampleDoc[] = []
  readonly #docNo = new Map<string, number>()
  readonly #facts = new Map<Imei14, SampleFact>()
  readonly #tacs: SampleTac[] = []
  readonly #crossings: SampleCrossing[] = []

  constructor(head: SampleBatchHead) {
    this.#head = head
  }

  get at(): string {
    return this.#head.at
  }

  /** Reports the IMEIs of one device; they become a ring. */
  add(imeis: readonly Imei14[], doc: SampleDoc): void {
    const key = JSON.stringify(doc)
    let no = this.#docNo.get(key)
    if (no === undefined) {
      no = this.#docs.push(doc) - 1
      this.#docNo.set(key, no)
    }
    imeis.forEach((imei14, i) => {
      if (this.#facts.has(imei14)) throw new Error(`${imei14} twice in ${this.#head.file}`)
      this.#facts.set(imei14, { imei14, doc: no, next: imeis.length > 1 ? (imeis[(i + 1) % imeis.length] ?? 0) : 0 })
    })
  }

  addTacs(tacs: readonly SampleTac[]): void {
    this.#tacs.push(...tacs)
  }

  addCrossing(crossing: SampleCrossing): void {
    this.#crossings.push(crossing)
  }

  finish(): SampleBatch {
    return {
      ...this.#head,
      docs: this.#docs,
      facts: [...this.#facts.values()].sort((a, b) => a.imei14 - b.imei14),
      tacs: this.#tacs,
      crossings: this.#crossings.toSorted((a, b) => compare(a.date, b.date) || compare(a.person, b.person)),
    }
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

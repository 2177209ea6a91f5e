import type { FactOp, IsoDate, Network } from '../../../domain/fact.ts'
import type { RowDoc } from '../../../domain/rows/judge.ts'

const REMEMBERED = 50_000
const NETWORKS: readonly (Network | null)[] = [null, 'home', 'roaming', 'm2m']

const textOf = (doc: RowDoc): string => `${doc.op}|${doc.date}|${doc.network}|${doc.data}`

/** Number, operation, date and network of every document of a file; their texts go to `store` and are not kept. */
export class DocTable {
  readonly #store: (no: number, doc: RowDoc) => void
  #numbers = new Map<RowDoc, number>()
  #last: RowDoc | null = null
  #lastNo = 0
  #count = 0
  #heads = new Uint32Array(1024)
  #devices = new Uint32Array(1024)
  #quantities = new Uint32Array(1024)
  #firstRows = new Uint32Array(1024)
  readonly #dates: IsoDate[] = []
  readonly #dateNo = new Map<IsoDate, number>()
  /** Numbers of documents that were stored before the desk died, by their text. */
  readonly #restored = new Map<string, number>()

  constructor(store: (no: number, doc: RowDoc) => void) {
    this.#store = store
  }

  get count(): number {
    return this.#count
  }

  /** Notes one more device reported in this document; answers the document's number, from 1. */
  add(doc: RowDoc, row: number): number {
    const no = doc === this.#last ? this.#lastNo : this.#numberOf(doc, row)
    this.#last = doc
    this.#lastNo = no
    this.#devices[no] = (this.#devices[no] as number) + 1
    return no
  }

  #numberOf(doc: RowDoc, row: number): number {
    const known = this.#numbers.get(doc) ?? (this.#restored.size > 0 ? this.#restored.get(textOf(doc)) : undefined)
    if (known !== undefined) return known
    if (this.#numbers.size >= REMEMBERED) this.#numbers = new Map()
    const no = ++this.#count
    this.#note(no, doc, row)
    this.#numbers.set(doc, no)
    this.#store(no, doc)
    return no
  }

  #note(no: number, doc: RowDoc, row: number): void {
    while (no >= this.#heads.length) this.#grow()
    this.#heads[no] = this.#dateOf(doc.date) * 8 + NETWORKS.indexOf(doc.network) * 2 + (doc.op === 'remove' ? 1 : 0)
    this.#quantities[no] = doc.quantity
    this.#firstRows[no] = row
  }

  /** Takes back a document that was stored already, with the row that named it first and how many devices it reported. */
  restore(no: number, doc: RowDoc, row: number, devices: number): void {
    this.#count = Math.max(this.#count, no)
    this.#note(no, doc, row)
    this.#devices[no] = devices
    this.#restored.set(textOf(doc), no)
  }

  #dateOf(date: IsoDate): number {
    let no = this.#dateNo.get(date)
    if (no === undefined) {
      no = this.#dates.push(date) - 1
      this.#dateNo.set(date, no)
    }
    return no
  }

  #grow(): void {
    const grown = (old: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
      const array = new Uint32Array(old.length * 2)
      array.set(old)
      return array
    }
    this.#heads = grown(this.#heads)
    this.#devices = grown(this.#devices)
    this.#quantities = grown(this.#quantities)
    this.#firstRows = grown(this.#firstRows)
  }

  /** Equal for documents that make the same fact. */
  head(no: number): number {
    return this.#heads[no] as number
  }

  factOf(no: number): { readonly op: FactOp; readonly date: IsoDate; readonly network: Network | null } {
    const head = this.#heads[no] as number
    return {
      op: head % 2 === 1 ? 'remove' : 'add',
      network: NETWORKS[Math.floor(head / 2) % 4] ?? null,
      date: this.#dates[Math.floor(head / 8)] as IsoDate,
    }
  }

  /** An operator's rows about one IMEI become its earliest sighting in a home network, else its earliest at all. */
  isBetterSighting(a: number, b: number): boolean {
    const x = this.factOf(a)
    const y = this.factOf(b)
    const home = (n: Network | null): boolean => n === null || n === 'home'
    return home(x.network) === home(y.network) ? x.date < y.date : home(x.network)
  }

  /** Documents that declare another number of devices than the file has of them; a quantity of 1 is said a row. */
  *quantityMismatches(): Generator<{ row: number; declared: number; found: number }> {
    for (let no = 1; no <= this.#count; no++) {
      const declared = this.#quantities[no] as number
      const found = this.#devices[no] as number
      if (declared > 1 && declared !== found) yield { row: this.#firstRows[no] as number, declared, found }
    }
  }
}

import type { FactOp, IsoDate, Network } from '../../../domain/fact.ts'
import type { RowDoc } from '../../../domain/rows/judge.ts'
import { SEEN, SeenKeys, textKey } from './seenKeys.ts'

const RECENT = 256
const NETWORKS: readonly (Network | null)[] = [null, 'home', 'roaming', 'm2m']

const textOf = (doc: RowDoc): string => `${doc.op}|${doc.date}|${doc.network}|${doc.data}`

/** Where the texts of documents lie. */
export interface DocStore {
  add(no: number, doc: RowDoc): void
  dataOf(no: number): string
}

/** Number, operation, date and network of every document of a file; their texts go to `store` and are not kept. */
export class DocTable {
  readonly #store: DocStore
  /** Numbers of all documents by a hash of their text: the texts themselves would be a hundred megabytes. */
  readonly #numbers = new SeenKeys()
  /** Data of the last documents: one that is written in two ways is mostly met again at once. */
  readonly #recent: { readonly no: number; readonly data: string }[] = []
  #last: RowDoc | null = null
  #lastNo = 0
  #count = 0
  #heads = new Uint32Array(1024)
  #devices = new Uint32Array(1024)
  #quantities = new Uint32Array(1024)
  #firstRows = new Uint32Array(1024)
  readonly #dates: IsoDate[] = []
  readonly #dateNo = new Map<IsoDate, number>()

  constructor(store: DocStore) {
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
    this.#numbers.reserve(1)
    let key = textKey(textOf(doc))
    for (;;) {
      const place = this.#numbers.look(key)
      const no = this.#numbers.firstRow(place)
      if (no === 0) return this.#new(doc, row, key)
      if (this.#isSame(no, doc)) return no
      // another text with this hash: the next key is its
      key++
    }
  }

  #isSame(no: number, doc: RowDoc): boolean {
    const { op, date, network } = this.factOf(no)
    if (op !== doc.op || date !== doc.date || network !== doc.network) return false
    const recent = this.#recent[no % RECENT]
    return (recent?.no === no ? recent.data : this.#store.dataOf(no)) === doc.data
  }

  #new(doc: RowDoc, row: number, key: number): number {
    const no = ++this.#count
    this.#note(no, doc, row)
    this.#numbers.mark(key, SEEN, no, this.#numbers.look(key))
    this.#store.add(no, doc)
    this.#recent[no % RECENT] = { no, data: doc.data }
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
    this.#numbers.reserve(1)
    const key = textKey(textOf(doc))
    this.#numbers.mark(key, SEEN, no, this.#numbers.look(key))
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

import type { GridFilter } from '../../contract/gridFilter.ts'
import { keysOfPrefix } from '../../contract/gridFilter.ts'
import type { Imei14, IsoDate } from '../../domain/fact.ts'
import { tacOf } from '../../domain/imei.ts'
import { Dictionary } from './dictionary.ts'

/** A row of the stored lists with its traits, as read from the mirror. */
export type IndexedRow = readonly [
  imei14: Imei14,
  list: string,
  reason: string,
  since: IsoDate,
  deadline: IsoDate | null,
  operator: string | null,
  region: string | null,
  importer: string | null,
]

const TRAITS = ['list', 'reason', 'operator', 'region', 'importer'] as const
export type Trait = (typeof TRAITS)[number]

/** Columns of one index; row i of each is the same IMEI, ascending. Traits are numbers of their dictionaries, dates days since 2000. */
interface Columns {
  readonly imei14: Float64Array
  readonly list: Uint8Array
  readonly reason: Uint8Array
  readonly operator: Uint8Array
  readonly region: Uint16Array
  readonly importer: Uint32Array
  readonly since: Uint16Array
  readonly deadline: Uint16Array
}
const COLUMN_NAMES = ['imei14', 'list', 'reason', 'operator', 'region', 'importer', 'since', 'deadline'] as const

const columnsFor = (rows: number): Columns => ({
  imei14: new Float64Array(rows),
  list: new Uint8Array(rows),
  reason: new Uint8Array(rows),
  operator: new Uint8Array(rows),
  region: new Uint16Array(rows),
  importer: new Uint32Array(rows),
  since: new Uint16Array(rows),
  deadline: new Uint16Array(rows),
})

const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2000, 0, 1)
/** Days since 2000-01-01, 1 at the least; 0 stands for no date. */
const dayOf = (date: IsoDate | null): number =>
  date === null ? 0 : Math.max(1, Math.round((Date.parse(date) - FIRST_DAY) / DAY_MS))

/** What a filter is to the index: bounds of every column, and the stretches of keys it may find anything in. */
interface Asked {
  readonly wanted: readonly (readonly [column: Exclude<keyof Columns, 'imei14'>, from: number, to: number])[]
  readonly ranges: readonly (readonly [first: Imei14, last: Imei14])[]
}

/**
 * Grey and black in memory, some 20 bytes an IMEI: any combination of filters is a pass over numbers (a million in some milliseconds),
 * where indexes of SQLite answer single filters only and take ten times as long to count. Rows themselves are read from the mirror.
 */
export class ListingIndex {
  readonly #dictionaries: Readonly<Record<Trait, Dictionary>> = {
    list: new Dictionary(),
    reason: new Dictionary(),
    operator: new Dictionary(),
    region: new Dictionary(),
    importer: new Dictionary(),
  }
  #columns = columnsFor(0)
  #rows = 0

  get rows(): number {
    return this.#rows
  }

  /** Appends a row; they come ascending. */
  add(row: IndexedRow): void {
    if (this.#rows === this.#columns.imei14.length) this.#columns = this.#copied(Math.max(1024, this.#rows * 2))
    this.#put(this.#columns, this.#rows++, row)
  }

  /** Takes over what changed: `keys` ascending, each with its row now or null where it left the lists. */
  change(keys: readonly Imei14[], rows: ReadonlyMap<Imei14, IndexedRow>): void {
    const next = columnsFor(this.#rows + rows.size)
    let from = 0
    let to = 0
    const copyTo = (end: number): void => {
      for (const name of COLUMN_NAMES) next[name].set(this.#columns[name].subarray(from, end), to)
      to += end - from
      from = end
    }
    for (const key of keys) {
      const at = this.#firstAt(key, from)
      copyTo(at)
      if (at < this.#rows && this.#columns.imei14[at] === key) from = at + 1
      const row = rows.get(key)
      if (row) this.#put(next, to++, row)
    }
    copyTo(this.#rows)
    this.#columns = next
    this.#rows = to
  }

  /** Keys after `after` that a filter lets through, ascending, at most `limit`. `tacs`: those of the filter's brand. */
  page(filter: GridFilter, tacs: readonly number[] | null, after: Imei14, limit: number): Imei14[] {
    const asked = this.#asked(filter, tacs)
    const found: Imei14[] = []
    if (!asked) return found
    for (const [first, last] of asked.ranges) {
      if (last <= after) continue
      for (let i = this.#firstAt(Math.max(first, after + 1), 0); i < this.#rows; i++) {
        const key = this.#columns.imei14[i] as number
        if (key > last) break
        if (!this.#fits(asked, i)) continue
        found.push(key)
        if (found.length === limit) return found
      }
    }
    return found
  }

  /** How many a filter lets through, and how many of each value of each trait and each TAC among them. */
  counts(filter: GridFilter, tacs: readonly number[] | null): Counted {
    const counted: Counted = {
      total: 0,
      traits: { list: new Map(), reason: new Map(), operator: new Map(), region: new Map(), importer: new Map() },
      tacs: new Map(),
    }
    const asked = this.#asked(filter, tacs)
    if (!asked) return counted
    const tallies = TRAITS.map((trait) => new Uint32Array(this.#dictionaries[trait].size + 1))
    const columns = TRAITS.map((trait) => this.#columns[trait])
    // keys come ascending, so those of a TAC come together
    let tac = -1
    let tacEnds = -1
    let ofTac = 0
    const endTac = (): void => {
      if (ofTac > 0) counted.tacs.set(tac, (counted.tacs.get(tac) ?? 0) + ofTac)
      ofTac = 0
    }
    for (const [first, last] of asked.ranges)
      for (let i = this.#firstAt(first, 0); i < this.#rows; i++) {
        const key = this.#columns.imei14[i] as number
        if (key > last) break
        if (!this.#fits(asked, i)) continue
        counted.total++
        for (let t = 0; t < TRAITS.length; t++) {
          const tally = tallies[t] as Uint32Array
          const value = (columns[t] as Uint32Array)[i] as number
          tally[value] = (tally[value] as number) + 1
        }
        if (key >= tacEnds) {
          endTac()
          tac = tacOf(key)
          tacEnds = (tac + 1) * 1e6
        }
        ofTac++
      }
    endTac()
    TRAITS.forEach((trait, t) => {
      tallies[t]?.forEach((count, value) => {
        const name = this.#dictionaries[trait].nameOf(value)
        if (count > 0 && name !== null) counted.traits[trait].set(name, count)
      })
    })
    return counted
  }

  #put(columns: Columns, at: number, row: IndexedRow): void {
    const [imei14, list, reason, since, deadline, operator, region, importer] = row
    const d = this.#dictionaries
    columns.imei14[at] = imei14
    columns.list[at] = d.list.numberOf(list)
    columns.reason[at] = d.reason.numberOf(reason)
    columns.operator[at] = d.operator.numberOf(operator)
    columns.region[at] = d.region.numberOf(region)
    columns.importer[at] = d.importer.numberOf(importer)
    columns.since[at] = dayOf(since)
    columns.deadline[at] = dayOf(deadline)
  }

  #copied(length: number): Columns {
    const larger = columnsFor(length)
    for (const name of COLUMN_NAMES) larger[name].set(this.#columns[name].subarray(0, this.#rows))
    return larger
  }

  /** Place of the first key not below `key`, searched from `low`. */
  #firstAt(key: Imei14, low: number): number {
    let from = low
    let to = this.#rows
    while (from < to) {
      const middle = (from + to) >>> 1
      if ((this.#columns.imei14[middle] as number) < key) from = middle + 1
      else to = middle
    }
    return from
  }

  #fits({ wanted }: Asked, i: number): boolean {
    for (const [column, from, to] of wanted) {
      const value = this.#columns[column][i] as number
      if (value < from || value > to) return false
    }
    return true
  }

  /** Null: a value nobody has lets nothing through. */
  #asked(f: GridFilter, tacs: readonly number[] | null): Asked | null {
    const wanted: (readonly [Exclude<keyof Columns, 'imei14'>, number, number])[] = []
    for (const trait of TRAITS) {
      const value = f[trait]
      if (value === null) continue
      const number = this.#dictionaries[trait].known(value)
      if (number === null) return null
      wanted.push([trait, number, number])
    }
    if (f.sinceFrom ?? f.sinceTo) wanted.push(['since', dayOf(f.sinceFrom) || 1, f.sinceTo ? dayOf(f.sinceTo) : 65_535])
    if (f.deadlineFrom ?? f.deadlineTo)
      wanted.push(['deadline', dayOf(f.deadlineFrom) || 1, f.deadlineTo ? dayOf(f.deadlineTo) : 65_535])
    const [first, last] = keysOfPrefix(f.prefix)
    const ranges =
      tacs === null
        ? [[first, last] as const]
        : tacs.flatMap((tac) => {
            const from = Math.max(first, tac * 1e6)
            const to = Math.min(last, tac * 1e6 + 999_999)
            return from <= to ? [[from, to] as const] : []
          })
    return { wanted, ranges }
  }
}

export interface Counted {
  total: number
  readonly traits: Readonly<Record<Trait, Map<string, number>>>
  readonly tacs: Map<number, number>
}

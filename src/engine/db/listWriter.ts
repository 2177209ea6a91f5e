import type { Imei14, IsoDate } from '../../domain/fact.ts'
import type { Writer } from './handle.ts'
import type { Traits } from './listingTraits.ts'

/** What the lists say of an IMEI; many rows say the same. */
export interface Said extends Traits {
  readonly list: string
  readonly reason: string
  readonly since: IsoDate
  readonly deadline: IsoDate | null
}

/** Number of what is said (`listing_entry.no`); 0: on neither list. */
export type Entry = number

const SAID = 'list, reason, since, deadline, operator, region, importer'
const FIND = `SELECT no FROM listing_entry WHERE list = ? AND reason = ? AND since = ? AND deadline = ? AND operator = ? AND region = ?
  AND importer = ?`
const ADD = `INSERT INTO listing_entry(${SAID}) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING no`
const UNLIST = 'DELETE FROM listed WHERE imei14 IN (SELECT value FROM json_each(?))'
const COUNT = 'UPDATE listing_entry SET count = count + ? WHERE no = ?'
const RECOUNT = `UPDATE listing_entry SET count = coalesce(
  (SELECT n FROM (SELECT entry, count(*) AS n FROM listed GROUP BY entry) WHERE entry = listing_entry.no), 0)`
const FORGET_UNSAID = 'DELETE FROM listing_entry WHERE count = 0'

/** The only writer of the stored lists, within one transaction: rows, what they say, and how many say it. `finish` writes what is held and comes last. */
export class ListWriter {
  readonly #tx: Writer
  readonly #numbers = new Map<string, Entry>()
  /** By entry: how many more rows say it. */
  readonly #counts: number[] = []
  /** IMEI and entry, one after the other. */
  readonly #said: number[] = []
  readonly #gone: Imei14[] = []

  constructor(tx: Writer) {
    this.#tx = tx
  }

  /** The number of what is said, a new one for what nobody said so far. */
  entryOf({ list, reason, since, deadline, operator, region, importer }: Said): Entry {
    const said = [list, reason, since, deadline ?? '', operator ?? '', region ?? '', importer ?? '']
    const key = said.join('\n')
    let no = this.#numbers.get(key)
    if (no === undefined) {
      no = this.#tx.value<number>(FIND, ...said) ?? this.#tx.value<number>(ADD, ...said)
      if (no === undefined) throw new Error('an entry of the lists has no number')
      this.#numbers.set(key, no)
    }
    return no
  }

  /** An IMEI now says `to` instead of `from`. IMEIs come ascending. */
  move(imei14: Imei14, from: Entry, to: Entry): void {
    if (to === 0) this.#gone.push(imei14)
    else this.#said.push(imei14, to)
    if (from !== 0) this.#count(from, -1)
    if (to !== 0) this.#count(to, 1)
  }

  /** So many IMEIs more say `entry`: their rows were written in another way. */
  brought(entry: Entry, rows: number): void {
    this.#count(entry, rows)
  }

  finish(): void {
    if (this.#gone.length > 0) this.#tx.run(UNLIST, JSON.stringify(this.#gone))
    this.#tx.putSorted('listed', ['imei14', 'entry'], this.#said)
    // forEach leaves out the entries nothing was counted for
    this.#counts.forEach((more, entry) => {
      if (more !== 0) this.#tx.run(COUNT, more, entry)
    })
    for (const held of [this.#gone, this.#said, this.#counts]) held.length = 0
  }

  #count(entry: Entry, more: number): void {
    this.#counts[entry] = (this.#counts[entry] ?? 0) + more
  }
}

/** Counts anew how many rows say each thing, after rows were put right. */
export function recountLists(tx: Writer): void {
  tx.run(RECOUNT)
  tx.run(FORGET_UNSAID)
}

/** What no row says any more is forgotten; between two merges, when nobody remembers its number. */
export const forgetUnsaid = (tx: Writer): void => {
  tx.run(FORGET_UNSAID)
}

/** Rows held in memory before they are written. */
const ROWS_HELD = 50_000

/** Replaces the stored lists by these rows, ascending. */
export function putLists(tx: Writer, rows: Iterable<Said & { readonly imei14: Imei14 }>): void {
  tx.run('DELETE FROM listed')
  tx.run('DELETE FROM listing_entry')
  const lists = new ListWriter(tx)
  let waiting = 0
  for (const row of rows) {
    lists.move(row.imei14, 0, lists.entryOf(row))
    if (++waiting % ROWS_HELD === 0) lists.finish()
  }
  lists.finish()
}

import type Database from 'better-sqlite3'
import type { Connection } from './connection.ts'

export type SqlValue = number | bigint | string | Uint8Array | null

/** A prepared SELECT. Rows are objects (`query`) or arrays of values in the order of the columns (`rows`). */
export interface Select<Row> {
  get(...bound: readonly SqlValue[]): Row | undefined
  all(...bound: readonly SqlValue[]): Row[]
  /** Keeps its read transaction open until it ends: never hold one across an `await` on a shared handle. */
  iterate(...bound: readonly SqlValue[]): IterableIterator<Row>
}

/** Reads only; its connection refuses to write. Statements are prepared once per text. */
export interface Reader {
  query<Row>(sql: string): Select<Row>
  rows<Row extends readonly SqlValue[]>(sql: string): Select<Row>
  /** First column of the first row; undefined when there is none. */
  value<T extends SqlValue>(sql: string, ...bound: readonly SqlValue[]): T | undefined
}

/** Given only inside `Store.write`; reads what the transaction has written so far. */
export interface Writer extends Reader {
  /** Runs one statement; answers the number of changed rows. */
  run(sql: string, ...bound: readonly SqlValue[]): number
  /** Inserts many rows through multi-row VALUES. Rows must come sorted by the table's key: unsorted is far slower when encrypted. */
  insertSorted(table: string, columns: readonly string[], rows: Iterable<readonly SqlValue[]>): number
  /** The same of rows given as their values one after the other; a row of the same key gives way. */
  putSorted(table: string, columns: readonly string[], values: readonly SqlValue[]): void
}

type Bound = readonly SqlValue[]

export class ReadHandle implements Reader {
  protected db: Connection
  readonly #statements = new Map<string, Prepared>()
  readonly #objects = new Map<string, Select<unknown>>()
  readonly #arrays = new Map<string, Select<unknown>>()
  constructor(db: Connection) {
    this.db = db
  }

  /** From now on reads of another connection: the file behind this handle was exchanged. */
  rebind(db: Connection): void {
    this.db = db
    this.#statements.clear()
    this.#objects.clear()
    this.#arrays.clear()
  }

  protected statement(sql: string): Prepared {
    const known = this.#statements.get(sql)
    if (known) return known
    const made = prepared(this.db.prepare(sql))
    this.#statements.set(sql, made)
    return made
  }

  query<Row>(sql: string): Select<Row> {
    const known = this.#objects.get(sql) ?? select(this.statement(sql), false)
    this.#objects.set(sql, known)
    return known as Select<Row>
  }

  rows<Row extends readonly SqlValue[]>(sql: string): Select<Row> {
    const known = this.#arrays.get(sql) ?? select(prepared(this.db.prepare(sql).raw()), true)
    this.#arrays.set(sql, known)
    return known as unknown as Select<Row>
  }

  value<T extends SqlValue>(sql: string, ...bound: Bound): T | undefined {
    return this.rows<[T]>(sql).get(...bound)?.[0]
  }
}

/** A statement and how its values are handed to it. */
interface Prepared {
  readonly s: Database.Statement
  readonly given: (bound: Bound) => unknown
}

const prepared = (s: Database.Statement): Prepared => ({ s, given: binder(s) })

function select({ s, given }: Prepared, raw: boolean): Select<unknown> {
  // a statement runs once at a time, so an iteration inside another one of the same text has its own
  const idle = (): Database.Statement =>
    !s.busy ? s : raw ? s.database.prepare(s.source).raw() : s.database.prepare(s.source)
  return {
    get: (...bound) => idle().get(given(bound)),
    all: (...bound) => idle().all(given(bound)),
    iterate: (...bound) => idle().iterate(given(bound)),
  }
}

/** The driver takes numbered parameters (`?1`) for named ones: their values go in by name. */
const binder = (s: Database.Statement): ((bound: Bound) => unknown) =>
  /\?\d/.test(s.source) ? (bound) => Object.fromEntries(bound.map((value, i) => [i + 1, value])) : (bound) => bound

/** Rows of one multi-row INSERT; above some hundred nothing is gained. */
const ROWS_A_STATEMENT = 128

export class WriteHandle extends ReadHandle implements Writer {
  run(sql: string, ...bound: Bound): number {
    const { s, given } = this.statement(sql)
    return s.run(given(bound)).changes
  }

  insertSorted(table: string, columns: readonly string[], rows: Iterable<readonly SqlValue[]>): number {
    const { full, single } = this.#manyRows(`INSERT INTO ${table}`, columns)
    const step = columns.length
    const values = new Array<SqlValue>(ROWS_A_STATEMENT * step)
    let count = 0
    let at = 0
    for (const row of rows) {
      for (let i = 0; i < step; i++) values[at++] = row[i] as SqlValue
      count++
      if (at < values.length) continue
      full.run(values)
      at = 0
    }
    for (let from = 0; from < at; from += step) single.run(values.slice(from, from + step))
    return count
  }

  putSorted(table: string, columns: readonly string[], values: readonly SqlValue[]): void {
    const { full, single } = this.#manyRows(`REPLACE INTO ${table}`, columns)
    const step = columns.length * ROWS_A_STATEMENT
    let at = 0
    for (; at + step <= values.length; at += step) full.run(values.slice(at, at + step))
    for (; at < values.length; at += columns.length) single.run(values.slice(at, at + columns.length))
  }

  #manyRows(verb: string, columns: readonly string[]): Record<'full' | 'single', Database.Statement> {
    const into = `${verb} (${columns.join(', ')}) VALUES `
    const one = `(${columns.map(() => '?').join(', ')})`
    const full = into + new Array(ROWS_A_STATEMENT).fill(one).join(', ')
    return { full: this.statement(full).s, single: this.statement(into + one).s }
  }
}

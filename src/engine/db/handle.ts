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
}

type Bound = readonly SqlValue[]

export class ReadHandle implements Reader {
  protected db: Connection
  readonly #objects = new Map<string, Database.Statement>()
  readonly #arrays = new Map<string, Database.Statement>()
  constructor(db: Connection) {
    this.db = db
  }

  /** From now on reads of another connection: the file behind this handle was exchanged. */
  rebind(db: Connection): void {
    this.db = db
    this.#objects.clear()
    this.#arrays.clear()
  }

  protected statement(sql: string): Database.Statement {
    const known = this.#objects.get(sql)
    if (known) return known
    const prepared = this.db.prepare(sql)
    this.#objects.set(sql, prepared)
    return prepared
  }

  query<Row>(sql: string): Select<Row> {
    return select<Row>(this.statement(sql))
  }

  rows<Row extends readonly SqlValue[]>(sql: string): Select<Row> {
    const prepared = this.#arrays.get(sql) ?? this.db.prepare(sql).raw()
    this.#arrays.set(sql, prepared)
    return select<Row>(prepared, true)
  }

  value<T extends SqlValue>(sql: string, ...bound: Bound): T | undefined {
    return this.rows<[T]>(sql).get(...bound)?.[0]
  }
}

function select<Row>(s: Database.Statement, raw = false): Select<Row> {
  // a statement runs once at a time, so an iteration inside another one of the same text has its own
  const idle = (): Database.Statement =>
    !s.busy ? s : raw ? s.database.prepare(s.source).raw() : s.database.prepare(s.source)
  const given = binder(s)
  return {
    get: (...bound) => idle().get(given(bound)) as Row | undefined,
    all: (...bound) => idle().all(given(bound)) as Row[],
    iterate: (...bound) => idle().iterate(given(bound)) as IterableIterator<Row>,
  }
}

/** The driver takes numbered parameters (`?1`) for named ones: their values go in by name. */
const binder = (s: Database.Statement): ((bound: Bound) => unknown) =>
  /\?\d/.test(s.source) ? (bound) => Object.fromEntries(bound.map((value, i) => [i + 1, value])) : (bound) => bound

/** Rows of one multi-row INSERT; above some hundred nothing is gained. */
const ROWS_A_STATEMENT = 128

export class WriteHandle extends ReadHandle implements Writer {
  run(sql: string, ...bound: Bound): number {
    const s = this.statement(sql)
    return s.run(binder(s)(bound)).changes
  }

  insertSorted(table: string, columns: readonly string[], rows: Iterable<readonly SqlValue[]>): number {
    const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `
    const one = `(${columns.map(() => '?').join(', ')})`
    const full = this.statement(into + new Array(ROWS_A_STATEMENT).fill(one).join(', '))
    const values: SqlValue[] = []
    let count = 0
    for (const row of rows) {
      for (const value of row) values.push(value)
      count++
      if (count % ROWS_A_STATEMENT === 0) {
        full.run(values)
        values.length = 0
      }
    }
    const single = this.statement(into + one)
    for (let at = 0; at < values.length; at += columns.length) single.run(values.slice(at, at + columns.length))
    return count
  }
}

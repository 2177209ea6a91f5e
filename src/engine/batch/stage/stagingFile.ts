import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, Severity } from '../../../domain/checks/finding.ts'
import type { Imei14 } from '../../../domain/fact.ts'
import { type Connection, named, openConnection } from '../../db/connection.ts'
import { type SqlValue, WriteHandle } from '../../db/handle.ts'
import { FactBlockWriter } from './factBlocks.ts'
import { RareMoves } from './moves.ts'

/**
 * Staged rows of one batch: an encrypted file of its own, so that dropping them is deleting a file, and a crash leaves at most a file
 * that nothing names.
 * - fact_block: the facts in order of IMEI, some thousand in a row, column by column (factBlocks.ts).
 * - rare_move: IMEIs whose move is rare in the file, so that they are found among millions (moves.ts).
 * - gone: IMEIs of the full list that this one replaces which are not in it.
 * - reject: cells of a rejected row as they were judged; warned: those of rows that were accepted with a remark, the first ones.
 * - original: what the sender wrote in the cells of a row that corrections changed, by column.
 */
const SCHEMA = `
CREATE TABLE doc(no INTEGER PRIMARY KEY, op TEXT NOT NULL, date TEXT NOT NULL, network TEXT, data TEXT NOT NULL) STRICT;
CREATE TABLE fact_block(last INTEGER PRIMARY KEY, count INTEGER NOT NULL, keys BLOB NOT NULL, docs BLOB NOT NULL, next BLOB NOT NULL, moves BLOB NOT NULL) STRICT;
CREATE TABLE rare_move(move INTEGER NOT NULL, imei14 INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (move, imei14)) STRICT, WITHOUT ROWID;
CREATE TABLE gone(imei14 INTEGER PRIMARY KEY, move INTEGER NOT NULL) STRICT;
CREATE TABLE tac(tac INTEGER PRIMARY KEY, brand TEXT NOT NULL, model TEXT NOT NULL, data TEXT NOT NULL) STRICT;
CREATE TABLE crossing(text TEXT PRIMARY KEY, person TEXT NOT NULL, date TEXT NOT NULL, direction TEXT NOT NULL, document TEXT NOT NULL, point TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE problem(row INTEGER NOT NULL, ord INTEGER NOT NULL, code TEXT NOT NULL, error INTEGER NOT NULL, field TEXT, value TEXT NOT NULL, details TEXT NOT NULL, PRIMARY KEY (row, ord)) STRICT, WITHOUT ROWID;
CREATE TABLE reject(row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
CREATE TABLE warned(row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
CREATE TABLE original(row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT;
`

/** Made when all rows are in. */
const INDEXES = 'CREATE INDEX problem_code ON problem(code, row);'

const FOLDER = 'staging'
export const stagingFolder = (home: string): string => join(home, FOLDER)
/** @param revision grows with every correction: the rows are staged anew beside the ones they take the place of */
export const stagingPath = (home: string, batch: string, revision = 0): string =>
  join(home, FOLDER, revision === 0 ? `${batch}.db` : `${batch}.${revision}.db`)
/** The desk's own copy of the sender's file. */
export const keptPath = (home: string, batch: string): string => join(home, FOLDER, `${batch}.src`)

/** So many rows with a remark keep their cells for the grid, and so many rows what stood in them before corrections. */
const ROWS_KEPT = 50_000
/** Longest value kept with a problem; the file has the rest. */
const VALUE_KEPT = 200
const ROWS_HELD = 256

type Table =
  | 'doc'
  | 'fact_block'
  | 'rare_move'
  | 'gone'
  | 'tac'
  | 'crossing'
  | 'problem'
  | 'reject'
  | 'warned'
  | 'original'
const COLUMNS: Readonly<Record<Table, readonly string[]>> = {
  doc: ['no', 'op', 'date', 'network', 'data'],
  fact_block: ['last', 'count', 'keys', 'docs', 'next', 'moves'],
  rare_move: ['move', 'imei14', 'doc'],
  gone: ['imei14', 'move'],
  tac: ['tac', 'brand', 'model', 'data'],
  crossing: ['text', 'person', 'date', 'direction', 'document', 'point'],
  problem: ['row', 'ord', 'code', 'error', 'field', 'value', 'details'],
  reject: ['row', 'cells'],
  warned: ['row', 'cells'],
  original: ['row', 'cells'],
}

/** Writes a staging file in one go; nothing counts before `finish`. */
export class StagingWriter {
  readonly #path: string
  readonly #db: Connection
  readonly #handle: WriteHandle
  readonly #rare = new RareMoves((row) => this.add('rare_move', row))
  #warned = 0
  #originals = 0
  readonly #facts = new FactBlockWriter((row) => this.add('fact_block', row, 1))
  readonly #held: Readonly<Record<Table, SqlValue[][]>> = {
    doc: [],
    fact_block: [],
    rare_move: [],
    gone: [],
    tac: [],
    crossing: [],
    problem: [],
    reject: [],
    warned: [],
    original: [],
  }

  constructor(path: string, keyHex: string) {
    this.#path = path
    this.#db = openConnection(path, { keyHex, readonly: false, synchronous: 'NORMAL', cacheMb: 16 })
    // a file that is not finished is thrown away, so nothing of it has to survive
    this.#db.pragma('journal_mode=OFF')
    this.#db.pragma('synchronous=OFF')
    this.#db.pragma('locking_mode=EXCLUSIVE')
    this.#db.exec(SCHEMA)
    this.#db.exec('BEGIN')
    this.#handle = new WriteHandle(this.#db)
  }

  /** Adds a row to a table, in ascending order of its key where there are many. */
  add(table: Table, row: SqlValue[], holding = ROWS_HELD): void {
    const held = this.#held[table]
    held.push(row)
    if (held.length >= holding) this.#flush(table, held)
  }

  /** Keeps the cells of an accepted row with a remark, so that it can be looked at and edited. */
  keepWarned(row: number, cells: () => readonly string[]): void {
    if (this.#warned++ < ROWS_KEPT) this.add('warned', [row, JSON.stringify(cells())])
  }

  /** Keeps what the sender wrote where corrections changed a row. */
  keepOriginals(row: number, cells: ReadonlyMap<number, string>): void {
    if (this.#originals++ < ROWS_KEPT) this.add('original', [row, JSON.stringify(Object.fromEntries(cells))])
  }

  /** Data of a document that was added. */
  docData(no: number): string {
    this.#flush('doc', this.#held.doc)
    return this.#handle.value<string>('SELECT data FROM doc WHERE no = ?', no) ?? '{}'
  }

  /** Adds a fact; IMEIs come ascending. */
  addFact(imei14: Imei14, doc: number, next: Imei14, move: number): void {
    this.#facts.add(imei14, doc, next, move)
    this.#rare.add(move, imei14, doc)
  }

  addFinding(row: number, ord: number, f: Finding, severity: Severity): void {
    const { value: _, ...details } = f.details
    this.add('problem', [
      row,
      ord,
      f.code,
      severity === 'error' ? 1 : 0,
      f.field,
      f.value.slice(0, VALUE_KEPT),
      JSON.stringify(details),
    ])
  }

  /** All rows are in: writes what is held, makes the indexes, and waits until the disk has it. Throws `disk-full`. */
  finish(): void {
    try {
      this.#facts.end()
      for (const table of Object.keys(this.#held) as Table[]) this.#flush(table, this.#held[table])
      this.#db.exec('COMMIT')
      this.#db.exec(INDEXES)
    } catch (error) {
      throw named(error, this.#path)
    }
    this.#db.close()
    const file = openSync(this.#path, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  }

  /** Gives up: the file goes. */
  abandon(): void {
    this.#db.close()
    removeStaging(this.#path)
  }

  #flush(table: Table, held: SqlValue[][]): void {
    try {
      this.#handle.insertSorted(table, COLUMNS[table], held)
    } catch (error) {
      throw named(error, this.#path)
    }
    held.length = 0
  }
}

/** Removes a staging file and what SQLite may have left beside it. */
export function removeStaging(path: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(path + end, { force: true })
}

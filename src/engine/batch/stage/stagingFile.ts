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
 * - observation: accepted rows of an operator as they were observed, for the registry alone.
 * - checkpoint: while the rows are judged, what is needed to go on after the last of them; empty in a finished file.
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
CREATE TABLE observation(imei14 INTEGER NOT NULL, day TEXT NOT NULL, imsi TEXT, msisdn TEXT, rat TEXT, network TEXT NOT NULL, region TEXT) STRICT;
CREATE TABLE checkpoint(last_row INTEGER PRIMARY KEY, keys BLOB NOT NULL, docs BLOB NOT NULL, rows BLOB NOT NULL, ring BLOB NOT NULL, marks BLOB NOT NULL, counts TEXT NOT NULL) STRICT;
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
  | 'observation'
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
  observation: ['imei14', 'day', 'imsi', 'msisdn', 'rat', 'network', 'region'],
}

const CHECKPOINT_COLUMNS = ['last_row', 'keys', 'docs', 'rows', 'ring', 'marks', 'counts'] as const

/** Writes a staging file in one go; nothing counts before `finish`. */
export class StagingWriter {
  readonly #path: string
  readonly #db: Connection
  readonly #handle: WriteHandle
  readonly #rare = new RareMoves((row) => this.add('rare_move', row))
  #logged: boolean
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
    observation: [],
  }

  /** @param resumes a file that was begun before and holds a checkpoint: what came after that is not in it */
  constructor(path: string, keyHex: string, resumes = false) {
    this.#path = path
    this.#db = openConnection(path, { keyHex, readonly: false, synchronous: 'NORMAL', cacheMb: 16 })
    // until its first checkpoint a file that is not finished is thrown away, so nothing of it has to survive
    if (!resumes) this.#db.pragma('journal_mode=OFF')
    this.#db.pragma('synchronous=OFF')
    this.#db.pragma('locking_mode=EXCLUSIVE')
    if (!resumes) this.#db.exec(SCHEMA)
    this.#db.exec('BEGIN')
    this.#handle = new WriteHandle(this.#db)
    this.#logged = resumes
    if (!resumes) return
    this.#warned = this.#handle.value<number>('SELECT count(*) FROM warned') ?? 0
    this.#originals = this.#handle.value<number>('SELECT count(*) FROM original') ?? 0
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

  /** Makes all that was added so far survive the process, with what is needed to go on from here. Throws `disk-full`. */
  checkpoint(row: readonly SqlValue[]): void {
    try {
      this.#flushAll()
      this.#handle.insertSorted('checkpoint', CHECKPOINT_COLUMNS, [row])
      this.#db.exec('COMMIT')
      // from the first checkpoint on what is written next must not tear what is there
      if (!this.#logged) this.#db.pragma('journal_mode=WAL')
      this.#logged = true
      this.#db.exec('BEGIN')
    } catch (error) {
      throw named(error, this.#path)
    }
  }

  /**
   * All rows are judged: the checkpoints go, and their room is taken by the facts. Killed from here on an import begins again, so that
   * the facts need not be written twice. Throws `disk-full`.
   */
  endOfRows(): void {
    if (!this.#logged) return
    try {
      this.#handle.run('DELETE FROM checkpoint')
      this.#db.exec('COMMIT')
      this.#db.pragma('journal_mode=DELETE')
      this.#db.pragma('journal_mode=OFF')
      this.#logged = false
      this.#db.exec('BEGIN')
    } catch (error) {
      throw named(error, this.#path)
    }
  }

  /** The desk is being closed: what was written since the last checkpoint is forgotten, the file stays. */
  leave(): void {
    if (!this.#logged) return this.abandon()
    this.#db.exec('ROLLBACK')
    this.#db.close()
  }

  /** All rows are in: writes what is held, makes the indexes, and waits until the disk has it. Throws `disk-full`. */
  finish(): void {
    try {
      this.#facts.end()
      this.#flushAll()
      this.#db.exec('COMMIT')
      this.#db.exec(INDEXES)
      // staging files are read from their path alone, so nothing may stay beside them
      if (this.#logged) this.#db.pragma('journal_mode=DELETE')
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

  #flushAll(): void {
    for (const table of Object.keys(this.#held) as Table[]) this.#flush(table, this.#held[table])
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

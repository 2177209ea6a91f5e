import { closeSync, fsyncSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding, Severity } from '../../../domain/checks/finding.ts'
import type { Imei14 } from '../../../domain/fact.ts'
import { type Connection, named, openConnection } from '../../db/connection.ts'
import { type SqlValue, WriteHandle } from '../../db/handle.ts'
import { removeFile } from '../../db/removeFile.ts'
import { FactBlockWriter } from './factBlocks.ts'
import { JudgedLog, type JudgedStretch, removeJudged } from './judgedLog.ts'
import { RareMoves } from './moves.ts'
import { STAGING_COLUMNS, STAGING_INDEXES, STAGING_SCHEMA, type StagingTable } from './stagingSchema.ts'

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

const CHECKPOINT_COLUMNS = ['last_row', 'judged_end', 'counts'] as const

/** Writes a staging file in one go; nothing counts before `finish`. */
export class StagingWriter {
  readonly #path: string
  readonly #db: Connection
  readonly #handle: WriteHandle
  readonly #rare = new RareMoves((row) => this.add('rare_move', row))
  readonly #keyHex: string
  #journaled: boolean
  /** Null while there is no checkpoint. */
  #judged: JudgedLog | null
  #warned = 0
  #originals = 0
  readonly #facts = new FactBlockWriter((row) => this.add('fact_block', row, 1))
  readonly #held: Readonly<Record<StagingTable, SqlValue[][]>> = {
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

  /** @param judgedEnd of a file that was begun before and holds a checkpoint: length of its log of judged rows; else 0 */
  constructor(path: string, keyHex: string, judgedEnd = 0) {
    const resumes = judgedEnd > 0
    this.#path = path
    this.#keyHex = keyHex
    this.#judged = resumes ? new JudgedLog(path, keyHex, judgedEnd) : null
    this.#db = openConnection(path, {
      keyHex,
      readonly: false,
      synchronous: 'NORMAL',
      cacheMb: 16,
      journal: 'truncate',
    })
    // until its first checkpoint a file that is not finished is thrown away, so nothing of it has to survive
    if (!resumes) this.#db.pragma('journal_mode=MEMORY')
    this.#db.pragma('synchronous=OFF')
    if (!resumes) this.#db.exec(STAGING_SCHEMA)
    this.#db.exec('BEGIN')
    this.#handle = new WriteHandle(this.#db)
    this.#journaled = resumes
    if (!resumes) return
    this.#warned = this.#handle.value<number>('SELECT count(*) FROM warned') ?? 0
    this.#originals = this.#handle.value<number>('SELECT count(*) FROM original') ?? 0
  }

  /** Adds a row to a table, in ascending order of its key where there are many. */
  add(table: StagingTable, row: SqlValue[], holding = ROWS_HELD): void {
    const held = this.#held[table]
    held.push(row)
    if (held.length >= holding) this.#flush(table, held)
  }

  /** Keeps the cells of an accepted row with a remark, so that it can be looked at and edited. */
  keepWarned(row: number, cells: () => readonly string[]): void {
    if (this.#warned++ < ROWS_KEPT) this.add('warned', [row, JSON.stringify(cells())])
  }

  /** Rows up to a number that something is said of, but whose cells are not kept, no more than can be: it was found when they had been judged. */
  rowsWithoutCells(upTo: number): readonly number[] {
    for (const table of ['problem', 'reject', 'warned'] as const) this.#flush(table, this.#held[table])
    return this.#handle
      .rows<[number]>(
        `SELECT DISTINCT row FROM problem WHERE row <= ? AND row NOT IN (SELECT row FROM reject)
         AND row NOT IN (SELECT row FROM warned) ORDER BY row LIMIT ?`,
      )
      .all(upTo, Math.max(0, ROWS_KEPT - this.#warned))
      .map(([row]) => row)
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

  /**
   * Makes all that was added so far survive the process, with what is needed to go on from here. A rollback journal serves: the file
   * grows at its ends, so hardly a page is written twice. Throws `disk-full`.
   */
  checkpoint(lastRow: number, judged: JudgedStretch, counts: string): void {
    try {
      this.#judged ??= new JudgedLog(this.#path, this.#keyHex, 0)
      const judgedEnd = this.#judged.append(judged)
      this.#flushAll()
      this.#handle.insertSorted('checkpoint', CHECKPOINT_COLUMNS, [[lastRow, judgedEnd, counts]])
      this.#db.exec('COMMIT')
      // from the first checkpoint on what is written next must not tear what is there
      if (!this.#journaled) this.#db.pragma('journal_mode=TRUNCATE')
      this.#journaled = true
      this.#db.exec('BEGIN')
    } catch (error) {
      throw named(error, this.#path)
    }
  }

  /** All rows are judged: killed from here on an import begins again, so that the facts need no journal. Throws `disk-full`. */
  endOfRows(): void {
    if (!this.#journaled) return
    try {
      this.#handle.run('DELETE FROM checkpoint')
      this.#db.exec('COMMIT')
      this.#db.pragma('journal_mode=DELETE')
      this.#db.pragma('journal_mode=MEMORY')
      this.#journaled = false
      this.#endLog()
      this.#db.exec('BEGIN')
    } catch (error) {
      throw named(error, this.#path)
    }
  }

  /** The desk is being closed: what was written since the last checkpoint is forgotten, the file stays. */
  leave(): void {
    if (!this.#journaled) return this.abandon()
    this.#db.exec('ROLLBACK')
    this.#db.close()
    this.#judged?.close()
  }

  /** All rows are in: writes what is held, makes the indexes, and waits until the disk has it. Throws `disk-full`, `disk-read-only`. */
  finish(): void {
    try {
      this.#facts.end()
      this.#flushAll()
      this.#db.exec('COMMIT')
      this.#db.exec(STAGING_INDEXES)
      // staging files are read from their path alone, so nothing may stay beside them
      if (this.#journaled) this.#db.pragma('journal_mode=DELETE')
    } catch (error) {
      throw named(error, this.#path)
    }
    this.#db.close()
    try {
      const file = openSync(this.#path, 'r+')
      try {
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    } catch (error) {
      throw named(error, this.#path)
    }
  }

  /** Gives up: the file goes. */
  abandon(): void {
    this.#db.close()
    this.#judged?.close()
    removeStaging(this.#path)
  }

  #endLog(): void {
    this.#judged?.close()
    this.#judged = null
    removeJudged(this.#path)
  }

  #flushAll(): void {
    for (const table of Object.keys(this.#held) as StagingTable[]) this.#flush(table, this.#held[table])
  }

  #flush(table: StagingTable, held: SqlValue[][]): void {
    try {
      this.#handle.insertSorted(table, STAGING_COLUMNS[table], held)
    } catch (error) {
      throw named(error, this.#path)
    }
    held.length = 0
  }
}

/** Removes a staging file and what SQLite may have left beside it. */
export function removeStaging(path: string): void {
  for (const end of ['', '-journal']) removeFile(path + end)
  removeJudged(path)
}

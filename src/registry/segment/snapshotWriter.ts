import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import Database from 'better-sqlite3'
import {
  SNAPSHOT_LIMITS,
  SNAPSHOT_SCHEMA,
  type SnapshotPart,
  type SnapshotSegment,
} from '../../contract/registry/snapshot.ts'
import type { BlobStore } from '../blob/blobStore.ts'

const pack = promisify(zstdCompress)

type Value = string | number | null
/** Place in the part (two numbers, ascending), then the columns of the part's table. */
export type PlacedRow = readonly [first: number, second: number, ...columns: readonly Value[]]

const COLUMNS: Readonly<Record<SnapshotPart, readonly string[]>> = {
  fact: ['imei14', 'batch', 'doc', 'next'],
  doc: ['batch', 'no', 'op', 'date', 'network', 'data'],
  tac: ['tac', 'batch', 'brand', 'model', 'data'],
  crossing: ['batch', 'no', 'person', 'date', 'direction', 'document', 'point'],
  listing: ['imei14', 'list', 'reason', 'since', 'deadline'],
  event: ['seq', 'type', 'at', 'doc'],
}

/** Text of one segment: well below the limit of its unpacked bytes. */
const MOST_TEXT = 48 * 1024 * 1024

/**
 * Writes rows of one part, given in order of their place, as snapshot segments: one after the other in memory, compressed, stored as
 * blobs. `rows` cuts them smaller than the format allows.
 */
export class SnapshotWriter {
  readonly #part: SnapshotPart
  readonly #blobs: BlobStore
  readonly #most: number
  readonly #written: SnapshotSegment[] = []
  #db: Database.Database | null = null
  #add: Database.Statement | null = null
  #rows = 0
  #text = 0
  #small = false
  #from: [number, number] = [0, 0]
  #to: [number, number] = [0, 0]

  constructor(blobs: BlobStore, part: SnapshotPart, rows: number = SNAPSHOT_LIMITS.rows) {
    this.#blobs = blobs
    this.#part = part
    this.#most = Math.min(rows, SNAPSHOT_LIMITS.rows)
  }

  /** Adds one row: its place, and the values of the part's columns; `isSmall`: a fact of a batch whose IMEIs are kept by batch. */
  async add(place: readonly [number, number], values: readonly Value[], isSmall = true): Promise<void> {
    // rows of one IMEI stay together: a range of IMEIs is in one segment
    if (this.#rows >= this.#most && place[0] !== this.#to[0]) await this.#cut()
    else if (this.#text >= MOST_TEXT || this.#rows >= SNAPSHOT_LIMITS.rows) await this.#cut()
    if (!this.#add) this.#begin(place)
    this.#add?.run(++this.#rows, ...values)
    this.#to = [place[0], place[1]]
    if (isSmall) this.#small = true
    for (const value of values) if (typeof value === 'string') this.#text += value.length
  }

  /** Ends the last segment; answers all of them in order. */
  async end(): Promise<SnapshotSegment[]> {
    await this.#cut()
    return this.#written
  }

  #begin(place: readonly [number, number]): void {
    const columns = COLUMNS[this.#part]
    this.#db = new Database(':memory:')
    this.#db.exec(SNAPSHOT_SCHEMA)
    this.#db.exec('BEGIN')
    this.#add = this.#db.prepare(
      `INSERT INTO ${this.#part} (n, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`,
    )
    this.#from = [place[0], place[1]]
    this.#rows = 0
    this.#text = 0
    this.#small = false
  }

  async #cut(): Promise<void> {
    const db = this.#db
    if (!db) return
    this.#db = null
    this.#add = null
    db.exec('COMMIT')
    const bytes = db.serialize()
    db.close()
    const packed = await pack(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } })
    this.#written.push({
      part: this.#part,
      sha256: await this.#blobs.put(packed),
      rows: this.#rows,
      bytes: packed.length,
      unpacked: bytes.length,
      from: this.#from,
      to: this.#to,
      small: this.#small,
    })
  }
}

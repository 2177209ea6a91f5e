import { renameSync, rmSync } from 'node:fs'
import { attachEncrypted, type Connection, type ConnectionOptions, named, openConnection } from './connection.ts'
import { type Reader, ReadHandle, WriteHandle, type Writer } from './handle.ts'
import { openMemory } from './memoryDb.ts'
import { type Migration, migrate } from './migrate.ts'
import { openReader, openSnapshot } from './openReader.ts'

/** A reader on a connection of its own, for long work that iterates across awaits; close it. */
export interface OwnReader extends Reader {
  close(): void
}

/**
 * One encrypted database file with two connections: `read` never writes, and writing happens only inside `write`.
 * `Kind` keeps handles of different files apart.
 */
export class Store<Kind extends string> {
  readonly kind: Kind
  readonly path: string
  readonly read: Reader
  readonly #options: ConnectionOptions
  readonly #migrations: readonly Migration[]
  #write: Connection
  #read: Connection
  readonly #reader: ReadHandle
  readonly #writer: WriteHandle
  #writing = false
  #closed = false

  constructor(
    kind: Kind,
    path: string,
    options: Omit<ConnectionOptions, 'readonly'>,
    migrations: readonly Migration[],
  ) {
    this.kind = kind
    this.path = path
    this.#options = { ...options, readonly: true }
    this.#migrations = migrations
    this.#write = openConnection(path, { ...options, readonly: false })
    try {
      migrate(this.#write, path, migrations)
      this.#read = openConnection(path, this.#options)
    } catch (error) {
      this.#write.close()
      throw named(error, path)
    }
    this.#writer = new WriteHandle(this.#write)
    this.#reader = new ReadHandle(this.#read)
    this.read = this.#reader
  }

  /** Runs `work` in one immediate transaction; a thrown error rolls all of it back. A full disk is problem `disk-full`. */
  write<T>(work: (tx: Writer) => T): T {
    if (this.#writing) throw new Error(`${this.kind}: a transaction inside a transaction`)
    this.#writing = true
    try {
      return this.#write.transaction(() => work(this.#writer)).immediate()
    } catch (error) {
      throw named(error, this.path)
    } finally {
      this.#writing = false
    }
  }

  /** Copies the whole database as it is at this moment into a new file under the same key. */
  copyTo(path: string): void {
    try {
      this.#write.prepare('VACUUM INTO ?').run(path)
    } catch (error) {
      throw named(error, this.path)
    }
  }

  /** A connection of its own for work that iterates across awaits: an open iteration pins what its connection sees. */
  openReader(): OwnReader {
    return openReader(this.path, this.#options.keyHex)
  }

  /** The same as of one moment, whatever is written meanwhile. */
  openSnapshot(): OwnReader {
    return openSnapshot(this.path, this.#options.keyHex)
  }

  /**
   * Opens a database from its bytes in memory with this file attached as `store`, for copying rows straight across. The bytes are
   * never on disk. Close it.
   */
  attachTo(bytes: Uint8Array): AttachedMemory {
    const memory = openMemory(bytes)
    try {
      attachEncrypted(memory.connection, this.path, this.#options, 'store')
    } catch (error) {
      memory.close()
      throw named(error, this.path)
    }
    return {
      read: memory.handle,
      write: (work) => {
        try {
          return memory.connection.transaction(() => work(memory.handle)).immediate()
        } catch (error) {
          throw named(error, this.path)
        }
      },
      close: () => memory.close(),
    }
  }

  /** Drops every table and view and begins anew with the schema; for the mirror, which can be built again. One transaction. */
  empty(then: (tx: Writer) => void): void {
    const made = this.#write
      .prepare(
        // the tables behind a full-text index ('shadow') go with it
        `SELECT type, name FROM pragma_table_list
         WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY type = 'view' DESC`,
      )
      .raw()
      .all() as [type: string, name: string][]
    this.write((tx) => {
      for (const [type, name] of made) this.#write.exec(`DROP ${type === 'view' ? 'VIEW' : 'TABLE'} ${name}`)
      migrate(this.#write, this.path, this.#migrations)
      then(tx)
    })
  }

  /**
   * Puts another database, closed and complete, in the place of this one; the store and its handles stay, and read the other from now
   * on. Readers of their own still read the old one until they are closed. Nothing of the old one's write-ahead file may be left
   * when the other takes its name: it would be played into it.
   */
  replaceBy(path: string): void {
    if (this.#writing) throw new Error(`${this.kind}: exchanged inside a transaction`)
    this.#read.close()
    this.#write.close()
    for (const end of ['-wal', '-shm']) rmSync(this.path + end, { force: true })
    renameSync(path, this.path)
    this.#write = openConnection(this.path, { ...this.#options, readonly: false })
    this.#read = openConnection(this.path, this.#options)
    this.#writer.rebind(this.#write)
    this.#reader.rebind(this.#read)
  }

  /** Pages of the write-ahead file go into the database, and what stays of it is cut. */
  checkpoint(): void {
    this.#write.pragma('wal_checkpoint(TRUNCATE)')
  }

  /**
   * Pages of the write-ahead file go into the database as far as nobody reads them, which SQLite otherwise does at the end of a
   * transaction: whoever writes much lets other calls through in between. A full disk is problem `disk-full`.
   */
  bringHome(): void {
    try {
      this.#write.pragma('wal_checkpoint(PASSIVE)')
    } catch (error) {
      throw named(error, this.path)
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#read.close()
    this.#write.close()
  }
}

export interface AttachedMemory {
  readonly read: Reader
  write<T>(work: (tx: Writer) => T): T
  close(): void
}

export type CacheStore = Store<'cache'>
export type DeskStore = Store<'desk'>

import Database from 'better-sqlite3'
import type { Connection } from './connection.ts'
import { WriteHandle, type Writer } from './handle.ts'

/** A database in memory: how segments are written and read without touching the disk. */
export interface MemoryDb {
  readonly connection: Connection
  readonly handle: Writer
  /** Runs `work` in one transaction. */
  write<T>(work: (tx: Writer) => T): T
  /** The database as the bytes of a SQLite file. */
  serialize(): Uint8Array
  close(): void
}

/** Opens a new database with the given schema, or one from the bytes of a SQLite file. */
export function openMemory(from: string | Uint8Array): MemoryDb {
  const bytes = typeof from === 'string' ? null : Buffer.from(from.buffer, from.byteOffset, from.byteLength)
  const connection = bytes ? new Database(bytes) : new Database(':memory:')
  connection.pragma('temp_store=MEMORY')
  connection.pragma('trusted_schema=OFF')
  if (typeof from === 'string') connection.exec(from)
  const handle = new WriteHandle(connection)
  return {
    connection,
    handle,
    write: (work) => connection.transaction(() => work(handle))(),
    serialize: () => connection.serialize(),
    close: () => connection.close(),
  }
}

import { openConnection } from './connection.ts'
import { ReadHandle } from './handle.ts'
import type { OwnReader } from './store.ts'

/** Opens an encrypted file of a home for reading only, also from a worker thread beside the engine. Close it. */
export function openReader(path: string, keyHex: string, cacheMb = 64): OwnReader {
  const connection = openConnection(path, { keyHex, readonly: true, synchronous: 'NORMAL', cacheMb })
  return Object.assign(new ReadHandle(connection), { close: () => connection.close() })
}

/** A report reads each page once and is done. */
const SNAPSHOT_MB = 16

/** The same as of one moment, that of its first question, whatever is written meanwhile. The log of the file grows until it is closed. */
export function openSnapshot(path: string, keyHex: string): OwnReader {
  const connection = openConnection(path, { keyHex, readonly: true, synchronous: 'NORMAL', cacheMb: SNAPSHOT_MB })
  connection.exec('BEGIN')
  return Object.assign(new ReadHandle(connection), { close: () => connection.close() })
}

import { openConnection } from './connection.ts'
import { ReadHandle } from './handle.ts'
import type { OwnReader } from './store.ts'

/** Opens an encrypted file of a home for reading only, also from a worker thread beside the engine. Close it. */
export function openReader(path: string, keyHex: string, cacheMb = 64): OwnReader {
  const connection = openConnection(path, { keyHex, readonly: true, synchronous: 'NORMAL', cacheMb })
  return Object.assign(new ReadHandle(connection), { close: () => connection.close() })
}

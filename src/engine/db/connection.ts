import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { isNoRoom } from '../../contract/noRoom.ts'
import { ProblemError, problem } from '../../domain/problem.ts'
import { isRoomGone } from './roomBeside.ts'

export type Connection = Database.Database

/** How a file's writer waits for the disk; without (OFF) only a machine that goes down, not a killed process, harms the file. */
export type Synchronous = 'FULL' | 'NORMAL' | 'OFF'

export interface ConnectionOptions {
  readonly keyHex: string
  readonly readonly: boolean
  /** FULL for what cannot be had again (desk.db), NORMAL for the mirror, OFF for one in the making. */
  readonly synchronous: Synchronous
  readonly cacheMb: number
  /** `truncate`: a rollback journal, for a file that only grows and that nobody reads meanwhile: each page is encrypted once. */
  readonly journal?: 'wal' | 'truncate'
  /** Pages of 4 kB in the write-ahead file before they are brought home; more where many transactions change the same ones. */
  readonly checkpointPages?: number
}

/** SQLite's cipher of every file of a home; the key goes in raw, so that opening costs no key derivation. */
const CIPHER = 'sqlcipher'
const BUSY_MS = 5000
/** 32 MB of write-ahead file. */
const CHECKPOINT_PAGES = 8_000

/**
 * Opens an encrypted database. `temp_store=MEMORY` is not a matter of speed: with the default, sorting a large encrypted table
 * writes its rows in clear into a temporary file. Throws `home-key-wrong` when the key does not open the file.
 */
export function openConnection(path: string, o: ConnectionOptions): Connection {
  let db: Connection | undefined
  try {
    db = new Database(path, { readonly: o.readonly, timeout: BUSY_MS })
    db.pragma(`cipher='${CIPHER}'`)
    db.pragma(`key="x'${rawKey(o.keyHex)}'"`)
    db.pragma('temp_store=MEMORY')
    db.pragma(`cache_size=${-o.cacheMb * 1024}`)
    db.pragma('trusted_schema=OFF')
    db.pragma('foreign_keys=ON')
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    if (o.readonly) db.pragma('query_only=ON')
    else {
      db.pragma(`journal_mode=${o.journal ?? 'wal'}`)
      db.pragma(`synchronous=${o.synchronous}`)
      // pages that many transactions change are brought home once, not after each of them
      db.pragma(`wal_autocheckpoint=${o.checkpointPages ?? CHECKPOINT_PAGES}`)
    }
    return db
  } catch (error) {
    db?.close()
    throw o.readonly ? named(error, path) : namedWriting(error, path)
  }
}

/** Attaches an encrypted file to a connection on memory, so that rows go straight from one to the other. */
export function attachEncrypted(
  memory: Connection,
  path: string,
  { keyHex, synchronous }: Pick<ConnectionOptions, 'keyHex' | 'synchronous'>,
  as: string,
): void {
  memory.pragma(`cipher='${CIPHER}'`)
  memory.prepare(`ATTACH ? AS ${as} KEY ?`).run(path, `x'${rawKey(keyHex)}'`)
  memory.pragma('temp_store=MEMORY')
  memory.pragma(`${as}.synchronous=${synchronous === 'FULL' ? 'NORMAL' : synchronous}`)
}

function rawKey(keyHex: string): string {
  if (!/^[0-9a-f]{64}$/.test(keyHex)) throw new Error('a database key is 32 bytes in hex')
  return keyHex
}

const CANNOT_OPEN = 'SQLITE_CANTOPEN'
/** A disk that was mounted for reading alone, or a folder in which this person may not write. */
const READ_ONLY: ReadonlySet<unknown> = new Set([
  'EROFS',
  'EACCES',
  'EPERM',
  'SQLITE_READONLY',
  'SQLITE_READONLY_CANTINIT',
  'SQLITE_READONLY_CANTLOCK',
  'SQLITE_READONLY_DIRECTORY',
  'SQLITE_READONLY_RECOVERY',
  'SQLITE_READONLY_ROLLBACK',
])

/** A page, a journal or the index of the write-ahead file could not be written. */
const IN_OUT = /^SQLITE_IOERR/

/** The same for a file that is to be written: one that cannot even be opened lies where nothing may be made. */
export function namedWriting(error: unknown, path: string): unknown {
  const closed = error instanceof Database.SqliteError && error.code.startsWith(CANNOT_OPEN)
  if (closed) return new ProblemError(problem('disk-read-only', { file: basename(path) }), { cause: error })
  return named(error, path)
}

/** Troubles of SQLite and of the disk that an officer can do something about, as problems; everything else stays what it is. */
export function named(error: unknown, path: string): unknown {
  const details = { file: basename(path) }
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (isNoRoom(error)) return new ProblemError(problem('disk-full', details), { cause: error })
  if (READ_ONLY.has(code)) return new ProblemError(problem('disk-read-only', details), { cause: error })
  if (!(error instanceof Database.SqliteError)) return error
  if (code === 'SQLITE_NOTADB') return new ProblemError(problem('home-key-wrong', details), { cause: error })
  if (code === 'SQLITE_FULL' || (IN_OUT.test(String(code)) && isRoomGone(path)))
    return new ProblemError(problem('disk-full', details), { cause: error })
  return error
}

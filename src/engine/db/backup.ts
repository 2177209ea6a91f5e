import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  globSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ProblemError, problem, trouble } from '../../domain/problem.ts'
import { type Connection, named, openConnection } from './connection.ts'
import { DESK_MIGRATIONS } from './deskMigrations/all.ts'
import type { Home } from './home.ts'
import { lockHome } from './homeLock.ts'
import { type Migration, migrate } from './migrate.ts'

/** A backup of a desk: one encrypted SQLite file with the pieces of its files (docs/formats/backup.md). */
const SCHEMA = `
CREATE TABLE about(format INTEGER NOT NULL, created TEXT NOT NULL) STRICT;
CREATE TABLE file(path TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE piece(path TEXT NOT NULL, no INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (path, no)) STRICT;
`
const FORMAT = 1
const PIECE_BYTES = 4 * 1024 * 1024
const DESK = 'desk.db'

export interface WrittenBackup {
  readonly bytes: number
  readonly sha256: string
}

/** Blobs that a command still has to send: nowhere else than here. */
const BLOBS_TO_SEND = `SELECT DISTINCT blob.value FROM outbox, json_each(outbox.blobs) AS blob WHERE outbox.state <> 'done'`

/**
 * Writes what a desk alone knows into one file under the home's own key: outbox, drafts and settings as they are at one moment, staged
 * batches, and files still to be sent. The mirror is left out: the registry has it. Under a temporary name until it is whole.
 * @throws ProblemError `disk-full`, `target-not-writable`
 */
export async function writeBackup(home: Home, keyHex: string, target: string, created: string): Promise<WrittenBackup> {
  const part = `${target}.part`
  const copy = join(home.folder, `${DESK}.copy`)
  if (!existsSync(dirname(target))) throw trouble('target-not-writable', { file: basename(target) })
  try {
    rmSync(part, { force: true })
    rmSync(copy, { force: true })
    home.desk.copyTo(copy)
    const db = openConnection(part, { keyHex, readonly: false, synchronous: 'FULL', cacheMb: 8, journal: 'truncate' })
    try {
      db.exec(SCHEMA)
      db.prepare('INSERT INTO about(format, created) VALUES (?, ?)').run(FORMAT, created)
      pack(db, DESK, copy)
      for (const path of precious(home)) pack(db, path, join(home.folder, path))
    } finally {
      db.close()
    }
    const handle = openSync(part, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    const written = { bytes: statSync(part).size, sha256: await hashOf(part) }
    renameSync(part, target)
    return written
  } catch (error) {
    rmSync(part, { force: true })
    throw asTrouble(error, target)
  } finally {
    rmSync(copy, { force: true })
    // SQLite leaves its emptied journal
    rmSync(`${part}-journal`, { force: true })
  }
}

function precious(home: Home): readonly string[] {
  const staged = globSync('staging/*', { cwd: home.folder }).filter((path) => /\.(db|src)$/.test(path))
  const blobs = home.desk.read.rows<[string]>(BLOBS_TO_SEND).all()
  return [...staged, ...blobs.map(([sha256]) => `blobs/${sha256}`)].filter((path) =>
    existsSync(join(home.folder, path)),
  )
}

function pack(db: Connection, path: string, from: string): void {
  const put = db.prepare('INSERT INTO piece(path, no, content) VALUES (?, ?, ?)')
  const hash = createHash('sha256')
  const handle = openSync(from, 'r')
  const buffer = Buffer.alloc(PIECE_BYTES)
  let bytes = 0
  try {
    for (let no = 0; ; no++) {
      const read = readSync(handle, buffer)
      if (read === 0) break
      const content = buffer.subarray(0, read)
      hash.update(content)
      put.run(path, no, content)
      bytes += read
    }
  } finally {
    closeSync(handle)
  }
  db.prepare('INSERT INTO file(path, bytes, sha256) VALUES (?, ?, ?)').run(path, bytes, hash.digest('hex'))
}

/**
 * Makes a home of a backup. Everything is unpacked and checked beside the home first; desk.db comes last, so that a broken-off restore is
 * no desk. The home must not have a desk yet.
 * @throws ProblemError `home-not-empty`, `home-key-wrong`, `backup-damaged`, `schema-newer`, `home-in-use`, `disk-full`
 */
export async function restoreBackup(
  backup: string,
  folder: string,
  keyHex: string,
  featureMigrations: readonly Migration[],
): Promise<WrittenBackup> {
  if (!existsSync(backup)) throw trouble('file-missing', { file: basename(backup) })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = lockHome(join(folder, 'engine.lock'), folder)
  const aside = join(folder, 'restoring')
  try {
    if (existsSync(join(folder, DESK))) throw trouble('home-not-empty', { home: basename(folder) })
    rmSync(aside, { recursive: true, force: true })
    const paths = unpackAll(backup, aside, keyHex)
    checkDesk(join(aside, DESK), keyHex, featureMigrations)
    for (const path of [...paths.filter((p) => p !== DESK), DESK]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 })
      renameSync(join(aside, path), join(folder, path))
    }
    return { bytes: statSync(backup).size, sha256: await hashOf(backup) }
  } catch (error) {
    throw asTrouble(error, backup)
  } finally {
    rmSync(aside, { recursive: true, force: true })
    lock.release()
  }
}

/** Only names that a backup writes: a path from a file never leaves the home. */
const PATHS = /^(desk\.db|staging\/[\w.-]+\.(db|src)|blobs\/[0-9a-f]{64})$/

function unpackAll(backup: string, into: string, keyHex: string): readonly string[] {
  const db = openConnection(backup, { keyHex, readonly: true, synchronous: 'NORMAL', cacheMb: 8 })
  try {
    const format = db.prepare('SELECT format FROM about').pluck().get()
    if (format !== FORMAT) throw trouble('backup-damaged', { file: basename(backup) })
    const files = db.prepare('SELECT path, sha256 FROM file').all() as { path: string; sha256: string }[]
    if (!files.some(({ path }) => path === DESK)) throw trouble('backup-damaged', { file: basename(backup) })
    for (const { path, sha256 } of files)
      if (!PATHS.test(path) || unpack(db, path, join(into, path)) !== sha256)
        throw trouble('backup-damaged', { file: basename(backup) })
    return files.map(({ path }) => path)
  } finally {
    db.close()
  }
}

function unpack(db: Connection, path: string, to: string): string {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  const handle = openSync(to, 'w', 0o600)
  try {
    const pieces = db.prepare('SELECT content FROM piece WHERE path = ? ORDER BY no').pluck().iterate(path)
    for (const piece of pieces as IterableIterator<Buffer>) {
      hash.update(piece)
      for (let at = 0; at < piece.length; ) at += writeSync(handle, piece, at)
    }
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  return hash.digest('hex')
}

/** Opens the desk's file once where it lies aside, so that one that cannot be used never gets into the home. */
function checkDesk(path: string, keyHex: string, featureMigrations: readonly Migration[]): void {
  const db = openConnection(path, { keyHex, readonly: false, synchronous: 'FULL', cacheMb: 8, journal: 'truncate' })
  try {
    migrate(db, path, [...DESK_MIGRATIONS, ...featureMigrations])
  } finally {
    db.close()
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function asTrouble(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const file = basename(path)
  if (code.startsWith('SQLITE_CORRUPT')) return new ProblemError(problem('backup-damaged', { file }), { cause: error })
  if (['EACCES', 'ENOENT', 'ENOTDIR', 'EROFS', 'EISDIR', 'SQLITE_CANTOPEN'].includes(code))
    return new ProblemError(problem('target-not-writable', { file }), { cause: error })
  return named(error, path)
}

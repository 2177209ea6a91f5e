import Database from 'better-sqlite3'
import { trouble } from '../../domain/problem.ts'
import { namedWriting } from './connection.ts'

export interface HomeLock {
  release(): void
}

/**
 * Takes the lock of a home: an exclusive transaction on a file of its own, which the operating system ends with the process however
 * it dies. Throws `home-in-use` while another engine holds it, `disk-full` or `disk-read-only` when
 * not even that can be written.
 */
export function lockHome(path: string, home: string): HomeLock {
  let db: Database.Database | undefined
  try {
    db = new Database(path, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw trouble('home-in-use', { home })
    throw namedWriting(error, path)
  }
  const held = db
  return { release: () => held.close() }
}

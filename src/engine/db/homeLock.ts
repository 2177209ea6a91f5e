import Database from 'better-sqlite3'
import { trouble } from '../../domain/problem.ts'
import { named } from './connection.ts'

export interface HomeLock {
  release(): void
}

/**
 * Takes the lock of a home: an exclusive transaction on a file of its own, which the operating system ends with the process however
 * it dies. Throws `home-in-use` while another engine holds it, `disk-full` when there is no room even for that.
 */
export function lockHome(path: string, home: string): HomeLock {
  const db = new Database(path, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw trouble('home-in-use', { home })
    throw named(error, path)
  }
  return { release: () => db.close() }
}

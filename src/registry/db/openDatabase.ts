import { randomUUID } from 'node:crypto'
import { startCounter } from './log/queries.ts'
import { migrate } from './migrate.ts'
import { Database } from './pool.ts'

/**
 * Connects to a registry's database and brings its schema up to date.
 * @throws ProblemError `schema-newer`
 */
export async function openDatabase(url: string, onError: (e: Error) => void): Promise<Database> {
  const db = new Database(url, onError)
  try {
    await migrate(db)
    await startCounter(db, randomUUID())
    return db
  } catch (e) {
    await db.close()
    throw e
  }
}

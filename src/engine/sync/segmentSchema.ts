import type { Reader } from '../db/handle.ts'
import { openMemory } from '../db/memoryDb.ts'

/** The tables of a database as text: two with the same text have the same tables, and no view, index or trigger besides. */
export function schemaOf(db: Reader): string {
  return JSON.stringify(
    db
      .rows<[string, string, string]>(
        `SELECT type, name, sql FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name`,
      )
      .all(),
  )
}

/** The same of a schema that is not in a file. */
export function schemaOfText(schema: string): string {
  const db = openMemory(schema)
  const text = schemaOf(db.handle)
  db.close()
  return text
}

/** What SQLite says of a broken or contradictory file. */
export const brokenFile = (error: unknown): string | null => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(CORRUPT|NOTADB|CONSTRAINT|ERROR|MISMATCH)/.test(code) ? code : null
}

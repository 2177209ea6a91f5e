import { basename } from 'node:path'
import { trouble } from '../../domain/problem.ts'
import type { Connection } from './connection.ts'

/** One additive step of a schema. Numbers are never reused; a step that was released never changes. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

/**
 * Brings a database to the newest schema, all missing steps in one transaction. A database that already has a step unknown here was
 * made by a newer Tamga: problem `schema-newer`, nothing is touched.
 */
export function migrate(db: Connection, path: string, migrations: readonly Migration[]): void {
  const sorted = migrations.toSorted((a, b) => a.number - b.number)
  sorted.forEach((m, i) => {
    if (m.number === sorted[i - 1]?.number) throw new Error(`two migrations have the number ${m.number}`)
  })
  const apply = db.transaction(() => {
    db.exec('CREATE TABLE IF NOT EXISTS migration(number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT')
    const done = new Set(db.prepare('SELECT number FROM migration').pluck().all() as number[])
    const known = new Set(sorted.map((m) => m.number))
    const newer = [...done].filter((n) => !known.has(n))
    if (newer.length > 0) throw trouble('schema-newer', { file: basename(path), schema: Math.max(...newer) })
    const note = db.prepare('INSERT INTO migration(number, name) VALUES (?, ?)')
    for (const m of sorted) {
      if (done.has(m.number)) continue
      db.exec(m.sql)
      note.run(m.number, m.name)
    }
  })
  // inside a transaction of the caller this is a savepoint of it
  if (db.inTransaction) apply()
  else apply.immediate()
}

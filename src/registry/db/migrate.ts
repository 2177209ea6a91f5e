import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { trouble } from '../../domain/problem.ts'
import { type Database, sqlState } from './pool.ts'
import { transaction } from './transaction.ts'

const FOLDER = new URL('./migrations/', import.meta.url)

interface Migration {
  readonly version: number
  readonly name: string
}

/** Numbered files in order; numbers may leave gaps, but none is given twice. */
async function migrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  const files = names.map((name) => ({ version: Number(name.slice(0, 4)), name }))
  for (const [i, { version, name }] of files.entries())
    if (!(version > (files[i - 1]?.version ?? 0))) throw new Error(`migration ${name} has no number of its own`)
  return files
}

/**
 * Brings the database to this registry's schema: every file that it does not have yet, each in a transaction of its own; several
 * registries may start at once.
 * @throws ProblemError `schema-newer` when a later registry has written the database
 */
export async function migrate(db: Database): Promise<void> {
  await versionTable(db)
  const files = await migrations()
  const known = new Set(files.map((f) => f.version))
  for (const { version, name } of files)
    await transaction(db, async (tx) => {
      await tx.run('LOCK TABLE schema_version IN ACCESS EXCLUSIVE MODE')
      const applied = (await tx.all<{ version: number }>('SELECT version FROM schema_version')).map(
        (row) => row.version,
      )
      const newer = applied.filter((n) => !known.has(n))
      if (newer.length > 0) throw trouble('schema-newer', { found: Math.max(...newer), known: Math.max(...known) })
      if (applied.includes(version)) return
      await tx.client.query(await readFile(new URL(name, FOLDER), 'utf8'))
      await tx.run('INSERT INTO schema_version (version) VALUES ($1)', [version])
    })
}

/** Two registries that create it at the same moment collide in PostgreSQL's catalogue: the second try finds it there. */
async function versionTable(db: Database): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await db.run(
        'CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
      )
      return
    } catch (e) {
      if (!['23505', '42P07', 'XX000'].includes(sqlState(e)) || tries > 5) throw e
      await pause(50)
    }
  }
}

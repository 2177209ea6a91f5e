import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import Database from 'better-sqlite3'
import type { SegmentRef } from '../../contract/registry.ts'
import { SEGMENT_SCHEMA, unpackedLimit } from '../../contract/segment.ts'
import { trouble } from '../../domain/problem.ts'

const unpack = promisify(zstdDecompress)

export type SegmentDb = Database.Database

/** An empty segment in memory. */
export function emptySegment(): SegmentDb {
  const db = new Database(':memory:')
  db.exec(SEGMENT_SCHEMA)
  return db
}

const schemaOf = (db: SegmentDb): string =>
  JSON.stringify(db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').raw().all())

const expected = new Map<string, string>()

function expectedOf(schema: string): string {
  let text = expected.get(schema)
  if (text === undefined) {
    const empty = new Database(':memory:')
    empty.exec(schema)
    text = schemaOf(empty)
    empty.close()
    expected.set(schema, text)
  }
  return text
}

/**
 * Opens a segment's compressed bytes in memory. It comes from outside: it is unpacked up to its limit and must have exactly the
 * tables of the format, no view, no trigger.
 * @throws ProblemError `segment-damaged`
 */
export async function openSegment(
  packed: Uint8Array,
  { sha256, rows }: SegmentRef,
  schema: string = SEGMENT_SCHEMA,
  limit: number = unpackedLimit(rows),
): Promise<SegmentDb> {
  const bytes = await unpack(packed, { maxOutputLength: limit }).catch((e: unknown) => {
    throw damaged(sha256, `it does not unpack: ${(e as Error).message}`)
  })
  let db: SegmentDb | undefined
  try {
    db = new Database(bytes, { readonly: true })
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    if (schemaOf(db) !== expectedOf(schema)) throw damaged(sha256, 'it has other tables')
    return db
  } catch (e) {
    db?.close()
    throw e instanceof Database.SqliteError ? damaged(sha256, e.message) : e
  }
}

/** A segment that cannot be used, and why. */
export const damaged = (sha256: string, why: string) => trouble('segment-damaged', { segment: sha256, why })

/** Whether SQLite itself found the file broken. */
export const isSqliteError = (e: unknown): boolean => e instanceof Database.SqliteError

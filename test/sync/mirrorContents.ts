import { join } from 'node:path'
import { openReader } from '../../src/engine/db/openReader.ts'
import { KEY } from './syncDesk.ts'

/** How a mirror's rows came, or numbers that stand for what came first. */
const TABLES_OF_THE_WAY = new Set([
  'seg_applied',
  'batch_span',
  'boot_state',
  'migration',
  'listing_log',
  'move',
  'move_state',
  'sqlite_sequence',
  'sqlite_schema',
  // compared as the view over both: which number stands for what they say depends on what came first
  'listed',
  'listing_entry',
  // numbered in the order in which appeals came
  'appeal_brief',
])

/** Everything a mirror holds but how it came there; a document as what it says, in whatever order it was written. */
export function contents(home: string, key = KEY): Record<string, unknown[]> {
  const reader = openReader(join(home, 'cache.db'), key)
  const tables = reader
    .rows<[string]>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view') ORDER BY name`,
    )
    .all()
    .map(([name]) => name)
    .filter((name) => !TABLES_OF_THE_WAY.has(name))
  const found = Object.fromEntries(
    tables.map((table) => {
      const rows = reader.query<Record<string, unknown>>(`SELECT * FROM ${table}`).all()
      for (const row of rows) {
        for (const volatile of ['synced_at', 'opened', 'head']) delete row[volatile]
        // numbered in the order in which appeals came
        if (table === 'appeal_figure') delete row.no
        if (table === 'appeal') row.doc = inOrder(JSON.parse(String(row.doc)))
      }
      return [table, rows.map((row) => JSON.stringify(row)).sort()]
    }),
  )
  reader.close()
  return found
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, inOrder(one)]),
  )
}

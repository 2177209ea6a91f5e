import { zstdCompressSync } from 'node:zlib'
import type { BlobStore } from '../src/registry/blob/blobStore.ts'
import type { Database } from '../src/registry/db/pool.ts'
import { cursorRows, snapshot } from '../src/registry/db/transaction.ts'

const ROWS_A_PART = 1_000_000

/** The tables of a boot as a peer would get them: in the order of their key, a JSON array a line. */
const TABLES = {
  fact: 'SELECT imei14, batch, doc, next FROM fact ORDER BY imei14, batch',
  doc: 'SELECT batch, no, op, date, network, data FROM doc ORDER BY batch, no',
  listing: 'SELECT imei14, list, reason, since, deadline FROM listing ORDER BY imei14',
} as const
export type NdjsonPart = readonly [table: keyof typeof TABLES, sha256: string]

/** Writes the rows of a registry as zstd NDJSON among its blobs; answers them in order. */
export function writeNdjson(db: Database, blobs: BlobStore): Promise<NdjsonPart[]> {
  return snapshot(db, async (tx) => {
    const parts: NdjsonPart[] = []
    for (const table of ['fact', 'doc', 'listing'] as const) {
      let lines: string[] = []
      const cut = async (): Promise<void> => {
        parts.push([table, await blobs.put(zstdCompressSync(lines.join('\n')))])
        lines = []
      }
      for await (const row of cursorRows(tx, TABLES[table], [])) {
        lines.push(JSON.stringify(row))
        if (lines.length === ROWS_A_PART) await cut()
      }
      if (lines.length > 0) await cut()
    }
    return parts
  })
}

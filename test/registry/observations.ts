import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import type { SegmentRef } from '../../src/contract/registry.ts'
import { OBSERVATION_SCHEMA } from '../../src/contract/segment.ts'
import { SEGMENT_FORMAT } from '../../src/contract/version.ts'
import type { Network } from '../../src/domain/fact.ts'
import { openMemory } from '../../src/engine/db/memoryDb.ts'
import type { TestDesk } from './testDesk.ts'

/** One raw observation of an operator. */
export interface Seen {
  readonly imei14: number
  readonly day: string
  readonly imsi?: string
  readonly msisdn?: string
  readonly rat?: string
  readonly network?: Network
  readonly region?: string
}

/** Packs observations as a desk does; answers their reference and bytes. */
export function packedObservations(batch: string, rows: readonly Seen[]): { ref: SegmentRef; bytes: Uint8Array } {
  const memory = openMemory(OBSERVATION_SCHEMA)
  memory.write((tx) => {
    const meta = { format: SEGMENT_FORMAT, batch, kind: 'operator', part: 1, parts: 1 }
    for (const [key, value] of Object.entries(meta))
      tx.run('INSERT INTO meta(key, value) VALUES (?, ?)', key, String(value))
    const sorted = rows.toSorted((a, b) => a.imei14 - b.imei14 || (a.day < b.day ? -1 : 1))
    for (const [i, s] of sorted.entries())
      tx.run(
        'INSERT INTO sighting(no, imei14, day, imsi, msisdn, rat, network, region) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        ...[
          i + 1,
          s.imei14,
          s.day,
          s.imsi ?? null,
          s.msisdn ?? null,
          s.rat ?? null,
          s.network ?? 'home',
          s.region ?? null,
        ],
      )
  })
  const bytes = zstdCompressSync(memory.serialize())
  memory.close()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { ref: { sha256, rows: rows.length, bytes: bytes.length }, bytes }
}

/** Imports an operator's list with its raw observations; each IMEI's fact is its first day. */
export async function importSeen(
  desk: TestDesk,
  rows: readonly Seen[],
  source: 'kcell' | 'beeline' | 'tele2' = 'kcell',
): Promise<{ batch: string; observations: SegmentRef }> {
  const first = rows.map((r) => r.day).sort()[0] ?? '2025-10-01'
  const imeis = [...new Set(rows.map((r) => r.imei14))]
  const network = rows[0]?.network ?? 'home'
  const body = await desk.batch({ kind: 'operator', imeis, date: first, source, network })
  const { ref, bytes } = packedObservations(body.head.id, rows)
  await desk.putBlob(bytes)
  await desk.does('importer', 'commit-batch', { ...body, observations: [ref] })
  return { batch: body.head.id, observations: ref }
}

import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { SegmentRef } from '../../contract/registry.ts'
import { SEGMENT_LIMITS } from '../../contract/segment.ts'
import { SEGMENT_FORMAT } from '../../contract/version.ts'
import type { BatchKind } from '../../domain/batch.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import type { BatchRows } from './batchRows.ts'
import { emptySegment, type SegmentDb } from './openSegment.ts'

const pack = promisify(zstdCompress)

/** Writes the rows of a batch the registry makes itself as segments, stored as blobs like any other. */
export async function writeSegments(
  blobs: BlobStore,
  rows: BatchRows,
  batch: { id: string; kind: BatchKind },
): Promise<SegmentRef[]> {
  const total = rows.facts.length + rows.tacs.length + rows.crossings.length
  const parts = Math.max(1, Math.ceil(total / SEGMENT_LIMITS.rows))
  const refs: SegmentRef[] = []
  for (let part = 0; part < parts; part++) {
    const db = emptySegment()
    try {
      const meta = { format: SEGMENT_FORMAT, batch: batch.id, kind: batch.kind, part: part + 1, parts }
      const written = fill(db, rows, meta, part)
      const bytes = await pack(db.serialize(), { params: { [constants.ZSTD_c_compressionLevel]: 3 } })
      refs.push({ sha256: await blobs.put(bytes), rows: written, bytes: bytes.length })
    } finally {
      db.close()
    }
  }
  return refs
}

function fill(db: SegmentDb, rows: BatchRows, meta: Record<string, string | number>, part: number): number {
  const from = part * SEGMENT_LIMITS.rows
  const to = from + SEGMENT_LIMITS.rows
  db.exec('BEGIN')
  const note = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)')
  for (const [key, value] of Object.entries(meta)) note.run(key, String(value))
  const last = Math.min(to, rows.facts.length)
  const addFact = db.prepare('INSERT INTO fact (imei14, doc, next) VALUES (?, ?, ?)')
  const used = new Set<number>()
  for (let i = from; i < last; i++) {
    addFact.run(rows.facts.imei14[i], rows.facts.doc[i], rows.facts.next[i])
    used.add(rows.facts.doc[i] ?? 0)
  }
  const addDoc = db.prepare('INSERT INTO doc (no, op, date, network, data) VALUES (?, ?, ?, ?, ?)')
  for (const d of rows.docs.values()) if (used.has(d.no)) addDoc.run(d.no, d.op, d.date, d.network, d.data)
  const addTac = db.prepare('INSERT INTO tac (tac, brand, model, data) VALUES (?, ?, ?, ?)')
  for (const t of rows.tacs.slice(from, to)) addTac.run(t.tac, t.brand, t.model, t.data)
  const addCrossing = db.prepare(
    'INSERT INTO crossing (no, person, date, direction, document, point) VALUES (?, ?, ?, ?, ?, ?)',
  )
  for (const c of rows.crossings.slice(from, to))
    addCrossing.run(c.no, c.person, c.date, c.direction, c.document, c.point)
  db.exec('COMMIT')
  return Math.max(0, last - from) + rows.tacs.slice(from, to).length + rows.crossings.slice(from, to).length
}

import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { zstdCompressSync } from 'node:zlib'
import type { EventDoc, EventType, Feed, FeedEvent, SegmentRef } from '../../../src/contract/registry.ts'
import { SEGMENT_SCHEMA } from '../../../src/contract/segment.ts'
import { SEGMENT_FORMAT } from '../../../src/contract/version.ts'
import type { BatchKind } from '../../../src/domain/batch.ts'
import { noEffect } from '../../../src/domain/effect.ts'
import type { FactOp, Network, SourceBody } from '../../../src/domain/fact.ts'
import { trouble } from '../../../src/domain/problem.ts'
import { openMemory } from '../../../src/engine/db/memoryDb.ts'
import type { FeedSource } from '../../../src/engine/sync/pull.ts'

export const EPOCH = '00000000-0000-4000-8000-000000000001'

/** One row of a batch as a test writes it. */
export interface Row {
  readonly imei14: number
  readonly date?: string
  readonly op?: FactOp
  readonly network?: Network
  readonly next?: number
  readonly data?: Readonly<Record<string, string | number>>
}
export interface BatchOf {
  readonly kind: BatchKind
  readonly source: SourceBody
  readonly rows?: readonly Row[]
  readonly crossings?: readonly { person: string; date: string; direction: 'entry' | 'exit'; document: string }[]
  readonly tacs?: readonly { tac: number; brand: string; model: string }[]
  readonly replaces?: readonly number[]
  readonly at?: string
  /** Rows of one segment; more make further parts. */
  readonly rowsAPart?: number
}

/** A feed written by a test, with its blobs: what a registry would serve. */
export class RecordedFeed implements FeedSource {
  readonly events: FeedEvent[]
  readonly blobs: Map<string, Uint8Array>
  epoch = EPOCH
  #no = 0

  /** Empty, or what `bytes` of another one wrote. */
  constructor(bytes?: Uint8Array) {
    const kept = bytes ? (deserialize(bytes) as Pick<RecordedFeed, 'events' | 'blobs'>) : null
    this.events = kept?.events ?? []
    this.blobs = kept?.blobs ?? new Map()
  }

  /** For another process to read from. */
  bytes(): Uint8Array {
    return serialize({ events: this.events, blobs: this.blobs })
  }

  feed(epoch: string, after: number): Promise<Feed> {
    if (epoch !== this.epoch) return Promise.reject(trouble('epoch-changed'))
    return Promise.resolve({ epoch, head: this.events.length, events: this.events.slice(after, after + 1000) })
  }

  blob(sha256: string): Promise<Uint8Array> {
    const bytes = this.blobs.get(sha256)
    return bytes ? Promise.resolve(bytes) : Promise.reject(trouble('blob-missing', { sha256 }))
  }

  used(): void {}

  add<T extends EventType>(type: T, doc: EventDoc<T>, at = '2026-01-10T06:00:00.000Z'): number {
    this.events.push({ seq: this.events.length + 1, type, at, doc })
    return this.events.length
  }

  /** A committed batch; answers its number. */
  commit(b: BatchOf): number {
    const no = ++this.#no
    this.add('batch-committed', { ...this.#batch(no, b), signedBy: [], replaces: [...(b.replaces ?? [])] }, b.at)
    return no
  }

  undo(no: number, at?: string): void {
    const doc = { no, id: batchId(no), reason: 'wrong file', effect: noEffect(), by: 'importer', signedBy: [] }
    this.add('batch-undone', doc, at)
  }

  #batch(no: number, b: BatchOf): EventDoc<'batch-proposed'> {
    const rows = b.rows ?? []
    const part = b.rowsAPart ?? 1_000_000
    const segments: SegmentRef[] = []
    for (let at = 0; at < Math.max(1, rows.length); at += part)
      segments.push(this.#segment(no, { ...b, rows: rows.slice(at, at + part) }, at))
    return {
      no,
      head: {
        id: batchId(no),
        kind: b.kind,
        source: b.source,
        letter: '',
        full: false,
        file: { name: 'list.xlsx', sha256: '0'.repeat(64) },
        content: '0'.repeat(64),
        counts: {
          rows: rows.length,
          accepted: rows.length,
          rejected: 0,
          duplicates: 0,
          problems: {},
          imeis: rows.length,
        },
        accepted: [],
      },
      segments,
      effect: noEffect(),
      by: 'importer',
      desk: '00000000-0000-4000-8000-000000000002',
      command: '00000000-0000-7000-8000-000000000003',
    }
  }

  #segment(no: number, b: BatchOf, firstDoc: number): SegmentRef {
    const rows = b.rows ?? []
    const db = openMemory(SEGMENT_SCHEMA)
    db.write((tx) => {
      const meta = { format: SEGMENT_FORMAT, batch: batchId(no), kind: b.kind, part: 1, parts: 1 }
      for (const [key, value] of Object.entries(meta)) tx.run('INSERT INTO meta VALUES (?, ?)', key, String(value))
      tx.insertSorted(
        'doc',
        ['no', 'op', 'date', 'network', 'data'],
        rows.map((r, i) => [
          firstDoc + i,
          r.op ?? 'add',
          r.date ?? '2026-01-10',
          r.network ?? null,
          JSON.stringify(r.data ?? {}),
        ]),
      )
      tx.insertSorted(
        'fact',
        ['imei14', 'doc', 'next'],
        rows.map((r, i) => [r.imei14, firstDoc + i, r.next ?? 0]),
      )
      for (const t of b.tacs ?? []) tx.run('INSERT INTO tac VALUES (?, ?, ?, ?)', t.tac, t.brand, t.model, '{}')
      for (const [i, c] of (b.crossings ?? []).entries())
        tx.run(
          'INSERT INTO crossing VALUES (?, ?, ?, ?, ?, ?)',
          i,
          c.person,
          c.date,
          c.direction,
          c.document,
          'Khorgos',
        )
    })
    const bytes = zstdCompressSync(db.serialize())
    db.close()
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.blobs.set(sha256, bytes)
    return { sha256, bytes: bytes.length, rows: rows.length + (b.tacs?.length ?? 0) + (b.crossings?.length ?? 0) }
  }
}

export const batchId = (no: number): string => `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`

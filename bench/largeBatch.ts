import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import type { FeedEvent } from '../src/contract/registry.ts'
import { SEGMENT_SCHEMA } from '../src/contract/segment.ts'
import { noEffect } from '../src/domain/effect.ts'
import { openMemory } from '../src/engine/db/memoryDb.ts'
import type { FeedSource } from '../src/engine/sync/pull.ts'

/** A batch of sightings as a registry sends it: an event, and its rows in segments. */
export interface LargeBatch {
  readonly no: number
  /** First day of its sightings; each document is one day. */
  readonly from: string
  readonly days: number
  /** IMEIs of each segment, ascending over all of them. */
  readonly parts: readonly Iterable<number>[]
}

export const EPOCH = '00000000-0000-4000-8000-000000000001'
const AT = '2026-02-01T00:00:00.000Z'

/** Gives large batches, one event each, as a registry would. */
export class BatchSource implements FeedSource {
  readonly #events: FeedEvent[] = []
  readonly #blobs = new Map<string, Uint8Array>()

  add(batch: LargeBatch): void {
    const id = `00000000-0000-7000-8000-${String(batch.no).padStart(12, '0')}`
    const segments = batch.parts.map((keys, i) => {
      const { bytes, rows } = segment(batch, id, i + 1, keys)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      this.#blobs.set(sha256, bytes)
      return { sha256, rows, bytes: bytes.length }
    })
    this.#events.push({
      seq: this.#events.length + 1,
      type: 'batch-committed',
      at: AT,
      doc: {
        no: batch.no,
        head: {
          id,
          kind: 'operator',
          source: 'kcell',
          letter: '',
          full: false,
          file: { name: 'bench', sha256: '0'.repeat(64) },
          content: '0'.repeat(64),
          counts: { rows: 0, accepted: 0, rejected: 0, duplicates: 0, problems: {}, imeis: 0 },
          accepted: [],
        },
        segments,
        effect: noEffect(),
        by: 'bench',
        desk: EPOCH,
        command: EPOCH,
        signedBy: [],
        replaces: [],
      },
    })
  }

  readonly feed = (_epoch: string, after: number) =>
    Promise.resolve({ epoch: EPOCH, head: this.#events.length, events: this.#events.slice(after) })
  readonly blob = (sha256: string) => Promise.resolve(this.#blobs.get(sha256) ?? new Uint8Array())
  readonly used = () => undefined
}

function segment({ from, days, parts }: LargeBatch, batch: string, part: number, keys: Iterable<number>) {
  const db = openMemory(SEGMENT_SCHEMA)
  let rows = 0
  db.write((tx) => {
    for (const [key, value] of Object.entries({ format: 1, batch, kind: 'operator', part, parts: parts.length }))
      tx.run('INSERT INTO meta VALUES (?, ?)', key, String(value))
    for (let no = 0; no < days; no++)
      tx.run('INSERT INTO doc VALUES (?, ?, ?, ?, ?)', no, 'add', dayAfter(from, no), 'home', '{}')
    const facts = function* (): Generator<[number, number, number]> {
      for (const imei14 of keys) yield [imei14, rows++ % days, 0]
    }
    tx.insertSorted('fact', ['imei14', 'doc', 'next'], facts())
  })
  const bytes = db.serialize()
  db.close()
  return { bytes: zstdCompressSync(bytes), rows }
}

const dayAfter = (from: string, days: number): string =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)

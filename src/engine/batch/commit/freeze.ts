import { createHash } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import { ContentHash, docText, tacText } from '../../../contract/fingerprint.ts'
import type { SegmentRef } from '../../../contract/registry.ts'
import { SEGMENT_SCHEMA } from '../../../contract/segment.ts'
import { SEGMENT_FORMAT } from '../../../contract/version.ts'
import { BlobStore } from '../../db/blobStore.ts'
import type { Reader, SqlValue, Writer } from '../../db/handle.ts'
import { openMemory } from '../../db/memoryDb.ts'
import { openReader } from '../../db/openReader.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import type { CommitTask, Frozen } from './commitTask.ts'
import { HashText } from './hashText.ts'

/** Rows of one segment: bounds the memory a part takes at both ends. */
const ROWS_A_PART = 500_000
const CACHE_MB = 64

/** Makes the segments of staged rows, puts them into the blob store, and hashes the content. */
export function freeze(task: CommitTask, tools: ThreadTools): Frozen {
  const staged = openReader(task.stagingFile, task.keyHex, CACHE_MB)
  try {
    const content = new ContentHash(new HashText(createHash('sha256')), task.kind, task.source, task.full)
    const rows =
      task.kind === 'tac' ? tacRows(staged) : task.kind === 'border' ? crossingRows(staged) : factRows(staged)
    const total = rows.count
    const parts = Math.max(1, Math.ceil(total / ROWS_A_PART))
    const blobs = new BlobStore(task.blobFolder, task.keyHex)
    const segments: SegmentRef[] = []
    for (let part = 1; part <= parts; part++) {
      const memory = openMemory(SEGMENT_SCHEMA)
      try {
        const written = memory.write((tx) => {
          writeMeta(tx, task, part, parts)
          return rows.write(tx, content, ROWS_A_PART, () => tools.checkStop())
        })
        tools.checkStop()
        const bytes = zstdCompressSync(memory.serialize())
        segments.push({ sha256: blobs.put(bytes), rows: written, bytes: bytes.length })
      } finally {
        memory.close()
      }
      tools.tell(part / parts)
    }
    return { segments, content: content.digest() }
  } finally {
    staged.close()
  }
}

function writeMeta(tx: Writer, task: CommitTask, part: number, parts: number): void {
  const meta = { format: SEGMENT_FORMAT, batch: task.batch, kind: task.kind, part, parts }
  for (const [key, value] of Object.entries(meta))
    tx.run('INSERT INTO meta(key, value) VALUES (?, ?)', key, String(value))
}

/** Rows of a kind of batch: writes up to `limit` more into a part, feeding each to the content's hash; answers how many. */
interface StagedRows {
  readonly count: number
  write(tx: Writer, content: ContentHash, limit: number, between: () => void): number
}

type FactRow = [
  imei14: number,
  doc: number,
  next: number,
  op: string,
  date: string,
  network: string | null,
  data: string,
]

function factRows(staged: Reader): StagedRows {
  let after = -1
  return {
    count: staged.value<number>('SELECT count(*) FROM fact') ?? 0,
    write(tx, content, limit, between) {
      const docs = new Map<number, SqlValue[]>()
      const rows = staged
        .rows<FactRow>(
          `SELECT f.imei14, f.doc, f.next, d.op, d.date, d.network, d.data FROM fact f CROSS JOIN doc d ON d.no = f.doc
           WHERE f.imei14 > ? ORDER BY f.imei14 LIMIT ?`,
        )
        .iterate(after, limit)
      function* facts(): Generator<SqlValue[]> {
        let n = 0
        for (const [imei14, doc, next, op, date, network, data] of rows) {
          content.add(imei14, docText(op, date, network, data))
          if (!docs.has(doc)) docs.set(doc, [doc, op, date, network, data])
          after = imei14
          yield [imei14, doc, next]
          if ((++n & 8191) === 0) between()
        }
      }
      const count = tx.insertSorted('fact', ['imei14', 'doc', 'next'], facts())
      const sorted = [...docs.values()].sort((a, b) => (a[0] as number) - (b[0] as number))
      tx.insertSorted('doc', ['no', 'op', 'date', 'network', 'data'], sorted)
      return count
    },
  }
}

function tacRows(staged: Reader): StagedRows {
  let after = -1
  return {
    count: staged.value<number>('SELECT count(*) FROM tac') ?? 0,
    write(tx, content, limit) {
      const rows = staged
        .rows<[number, string, string, string]>(
          'SELECT tac, brand, model, data FROM tac WHERE tac > ? ORDER BY tac LIMIT ?',
        )
        .all(after, limit)
      for (const [tac, brand, model, data] of rows) {
        content.add(tac, tacText(brand, model, data))
        after = tac
      }
      return tx.insertSorted('tac', ['tac', 'brand', 'model', 'data'], rows)
    },
  }
}

function crossingRows(staged: Reader): StagedRows {
  let no = 0
  let after = ''
  return {
    count: staged.value<number>('SELECT count(*) FROM crossing') ?? 0,
    write(tx, content, limit) {
      const rows = staged
        .rows<[string, string, string, string, string, string]>(
          'SELECT text, person, date, direction, document, point FROM crossing WHERE text > ? ORDER BY text LIMIT ?',
        )
        .all(after, limit)
      const numbered = rows.map(([text, ...row]): SqlValue[] => {
        content.add(text, '')
        after = text
        return [++no, ...row]
      })
      return tx.insertSorted('crossing', ['no', 'person', 'date', 'direction', 'document', 'point'], numbered)
    },
  }
}

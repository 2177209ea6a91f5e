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
import { countFacts, factBlocks } from '../stage/factBlocks.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import type { CommitTask, Frozen } from './commitTask.ts'
import { HashText } from './hashText.ts'

/** Rows of one segment: bounds the memory a part takes at both ends. */
const ROWS_A_PART = 500_000
const CACHE_MB = 64
const DOCS_REMEMBERED = 100_000

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

type Doc = [no: number, op: string, date: string, network: string | null, data: string]

function factRows(staged: Reader): StagedRows {
  let after = -1
  return {
    count: countFacts(staged),
    write(tx, content, limit, between) {
      const docs = new DocTexts(staged)
      function* facts(): Generator<SqlValue[]> {
        let n = 0
        for (const block of factBlocks(staged, after)) {
          between()
          for (let i = 0; i < block.count; i++) {
            const key = block.keys[i] as number
            if (key <= after) continue
            if (n++ === limit) return
            const doc = block.docs[i] as number
            content.add(key, docs.textOf(doc))
            after = key
            yield [key, doc, block.next[i] as number]
          }
        }
      }
      const count = tx.insertSorted('fact', ['imei14', 'doc', 'next'], facts())
      tx.insertSorted('doc', ['no', 'op', 'date', 'network', 'data'], docs.used())
      return count
    },
  }
}

/** Texts of documents for the hash of the content; remembers which ones a part names. */
class DocTexts {
  readonly #staged: Reader
  readonly #used = new Set<number>()
  #texts = new Map<number, string>()

  constructor(staged: Reader) {
    this.#staged = staged
  }

  textOf(no: number): string {
    const known = this.#texts.get(no)
    if (known !== undefined) return known
    const doc = this.#doc(no)
    const text = docText(doc[1], doc[2], doc[3], doc[4])
    if (this.#texts.size >= DOCS_REMEMBERED) this.#texts = new Map()
    this.#texts.set(no, text)
    this.#used.add(no)
    return text
  }

  *used(): Generator<Doc> {
    for (const no of Uint32Array.from(this.#used).sort()) yield this.#doc(no)
  }

  #doc(no: number): Doc {
    const doc = this.#staged.rows<Doc>('SELECT no, op, date, network, data FROM doc WHERE no = ?').get(no)
    if (!doc) throw new Error(`document ${no} is not staged`)
    return doc
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

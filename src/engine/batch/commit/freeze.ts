import { zstdCompressSync } from 'node:zlib'
import type { SegmentRef } from '../../../contract/registry.ts'
import { SEGMENT_SCHEMA } from '../../../contract/segment.ts'
import { SEGMENT_FORMAT } from '../../../contract/version.ts'
import { BlobStore } from '../../db/blobStore.ts'
import type { Writer } from '../../db/handle.ts'
import { openMemory } from '../../db/memoryDb.ts'
import { openReader } from '../../db/openReader.ts'
import type { ThreadTools } from '../thread/threadWork.ts'
import type { CommitTask, Frozen } from './commitTask.ts'
import { freezeObservations } from './observations.ts'
import { newContent, stagedRows } from './stagedRows.ts'

const CACHE_MB = 64

/** Makes the segments of staged rows, puts them into the blob store, and hashes the content. */
export function freeze(task: CommitTask, tools: ThreadTools): Frozen {
  const staged = openReader(task.stagingFile, task.keyHex, CACHE_MB)
  try {
    const content = newContent(task)
    const rows = stagedRows(staged, task.kind)
    const total = rows.count
    const parts = Math.max(1, Math.ceil(total / task.rowsAPart))
    const blobs = new BlobStore(task.blobFolder, task.keyHex)
    const segments: SegmentRef[] = []
    for (let part = 1; part <= parts; part++) {
      const memory = openMemory(SEGMENT_SCHEMA)
      try {
        const written = memory.write((tx) => {
          writeMeta(tx, task, part, parts)
          return rows.write(tx, content, task.rowsAPart, () => tools.checkStop())
        })
        tools.checkStop()
        const bytes = zstdCompressSync(memory.serialize())
        segments.push({ sha256: blobs.put(bytes), rows: written, bytes: bytes.length })
      } finally {
        memory.close()
      }
      tools.tell(part / parts)
    }
    const describe = (tx: Writer, part: number, parts: number): void => writeMeta(tx, task, part, parts)
    const observations = freezeObservations(staged, { blobs, describe, rowsAPart: task.rowsAPart }, tools)
    return { segments, content: content.digest(), observations }
  } finally {
    staged.close()
  }
}

function writeMeta(tx: Writer, task: CommitTask, part: number, parts: number): void {
  const meta = { format: SEGMENT_FORMAT, batch: task.batch, kind: task.kind, part, parts }
  for (const [key, value] of Object.entries(meta))
    tx.run('INSERT INTO meta(key, value) VALUES (?, ?)', key, String(value))
}

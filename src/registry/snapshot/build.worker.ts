import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { zSnapshotManifest } from '../../contract/registry/snapshot.ts'
import { BlobStore } from '../blob/blobStore.ts'
import { Database } from '../db/pool.ts'
import { buildSnapshot } from './buildSnapshot.ts'

/** A thread of its own: packing millions of rows must not hold up the requests of desks. */
const { url, folder, before, rows, foldAfter } = z
  .object({
    url: z.string(),
    folder: z.string(),
    before: zSnapshotManifest.nullable(),
    rows: z.number().optional(),
    foldAfter: z.number().optional(),
  })
  .parse(workerData)

const db = new Database(url, () => undefined, { max: 1 })
try {
  parentPort?.postMessage(await buildSnapshot(db, new BlobStore(folder), before, { rows, foldAfter }))
} finally {
  await db.close()
}

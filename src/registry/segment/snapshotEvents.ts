import { SNAPSHOT_SCHEMA, type SnapshotSegment } from '../../contract/registry/snapshot.ts'
import type { BlobStore } from '../blob/blobStore.ts'
import type { EventRow } from '../snapshot/foldEvents.ts'
import { openSegment } from './openSegment.ts'

/** Reads the events of snapshot segments in order, one segment in memory at a time. Throws `blob-missing`, `segment-damaged`. */
export async function* snapshotEvents(
  blobs: BlobStore,
  segments: readonly SnapshotSegment[],
): AsyncGenerator<EventRow> {
  for (const segment of segments) {
    const packed = await blobs.read(segment.sha256)
    const db = await openSegment(packed, segment, SNAPSHOT_SCHEMA, segment.unpacked)
    try {
      yield* db.prepare('SELECT seq, type, at, doc FROM event ORDER BY n').raw().iterate() as Iterable<EventRow>
    } finally {
      db.close()
    }
  }
}

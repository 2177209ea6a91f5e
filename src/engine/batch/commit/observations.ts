import { zstdCompressSync } from 'node:zlib'
import type { SegmentRef } from '../../../contract/registry.ts'
import { OBSERVATION_SCHEMA } from '../../../contract/segment.ts'
import type { BlobStore } from '../../db/blobStore.ts'
import type { Reader, SqlValue, Writer } from '../../db/handle.ts'
import { openMemory } from '../../db/memoryDb.ts'
import type { ThreadTools } from '../thread/threadWork.ts'

const IN_ORDER = `SELECT imei14, day, imsi, msisdn, rat, network, region FROM observation
  ORDER BY imei14, day, imsi, msisdn, rat, network, region`
const COLUMNS = ['no', 'imei14', 'day', 'imsi', 'msisdn', 'rat', 'network', 'region'] as const

/** Where raw observations are put together. */
export interface ObservationParts {
  readonly blobs: BlobStore
  /** Writes what a part says of itself. */
  readonly describe: (tx: Writer, part: number, parts: number) => void
  readonly rowsAPart: number
}

/**
 * An operator's accepted rows as they were observed, by IMEI and day, packed like segments. They go to the registry beside the batch
 * and into no event, so that no other desk ever sees a subscriber.
 */
export function freezeObservations(staged: Reader, to: ObservationParts, { checkStop }: ThreadTools): SegmentRef[] {
  const total = staged.value<number>('SELECT count(*) FROM observation') ?? 0
  const parts = Math.ceil(total / to.rowsAPart)
  if (total === 0) return []
  const rows = staged.rows<SqlValue[]>(IN_ORDER).iterate()[Symbol.iterator]()
  const made: SegmentRef[] = []
  let no = 0
  function* next(): Generator<SqlValue[]> {
    for (let n = 0; n < to.rowsAPart; n++) {
      const step = rows.next()
      if (step.done) return
      if ((n & 0xfff) === 0) checkStop()
      yield [++no, ...step.value]
    }
  }
  try {
    for (let part = 1; part <= parts; part++) {
      const memory = openMemory(OBSERVATION_SCHEMA)
      try {
        const written = memory.write((tx) => {
          to.describe(tx, part, parts)
          return tx.insertSorted('sighting', COLUMNS, next())
        })
        const bytes = zstdCompressSync(memory.serialize())
        made.push({ sha256: to.blobs.put(bytes), rows: written, bytes: bytes.length })
      } finally {
        memory.close()
      }
    }
  } finally {
    // an open query would keep its connection from closing
    rows.return?.()
  }
  return made
}
